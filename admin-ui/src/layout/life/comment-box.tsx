import { Button, Combobox, Group, Textarea, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useObject } from '#admin-ui/src/api/metadata.ts';
import { lookUp, type RecordValues } from '#admin-ui/src/api/records.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { mentionable, readable, typedMention, withMentions, type Picked } from './mentions.ts';

type Props = {
  /** Markdown with its mentions as they are sent. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onSend: () => void;
  readonly onCancel?: () => void;
  readonly isSending: boolean;
  readonly error: string | null;
  readonly label: string;
  readonly send: string;
};

/** A comment being written: @ offers people, Ctrl-Enter sends. */
export function CommentBox({ value, onChange, onSend, onCancel, isSending, error, label, send }: Props) {
  const { t } = useTexts();
  const [typing, setTyping] = useState<string | null>(null);
  const [shown, setShown] = useState(() => readable(value));
  const area = useRef<HTMLTextAreaElement>(null);
  const people = usePeople(typing);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  // Enter picks the first of those who are offered; they come a moment after what was typed.
  const offered = people.map((person) => textOf(person['id'])).join();
  const offer = useEffectEvent(() => combobox.selectFirstOption());
  useEffect(() => {
    if (offered !== '') offer();
  }, [offered]);
  // A value that is not what was typed here comes from outside: it was sent, or taken back.
  const current = withMentions(shown.text, shown.picked) === value ? shown : readable(value);
  const write = (text: string, picked: Picked): void => {
    setShown({ text, picked });
    onChange(withMentions(text, picked));
  };
  const submit = (): void => {
    if (current.text.trim() !== '' && !isSending) onSend();
  };
  const look = (text: string, caret: number): void => {
    const typed = typedMention(text, caret);
    setTyping(typed);
    if (typed === null) combobox.closeDropdown();
    else combobox.openDropdown();
  };
  const pick = (id: string): void => {
    const person = people.find((one) => one['id'] === id);
    const caret = area.current?.selectionStart ?? current.text.length;
    const name = mentionable(textOf(person?.['title']));
    if (typing === null || name === '') return;
    const before = `${current.text.slice(0, caret - typing.length)}${name} `;
    write(before + current.text.slice(caret), new Map([...current.picked, [name, id]]));
    setTyping(null);
    combobox.closeDropdown();
    requestAnimationFrame(() => area.current?.setSelectionRange(before.length, before.length));
  };
  return (
    <Combobox store={combobox} onOptionSubmit={pick} width={240} position="bottom-start">
      <Combobox.DropdownTarget>
        <Combobox.EventsTarget withExpandedAttribute={false} withKeyboardNavigation={typing !== null && people.length > 0}>
          <Textarea
            ref={area}
            aria-label={label}
            placeholder={t('comment.placeholder')}
            autosize
            minRows={2}
            maxRows={12}
            maxLength={10_000}
            error={error}
            readOnly={isSending}
            value={current.text}
            onChange={(event) => {
              write(event.currentTarget.value, current.picked);
              look(event.currentTarget.value, event.currentTarget.selectionStart);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
              else if (event.key === 'Escape') {
                setTyping(null);
                combobox.closeDropdown();
              }
            }}
            onBlur={() => combobox.closeDropdown()}
          />
        </Combobox.EventsTarget>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={typing === null || people.length === 0}>
        <Combobox.Options aria-label={t('comment.people')}>
          {people.map((person) => (
            <Combobox.Option key={textOf(person['id'])} value={textOf(person['id'])}>
              {textOf(person['title'])} <span className="dim">{textOf(person['email'])}</span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
      {(current.text !== '' || onCancel) && (
        <Group gap="xs" mt={6} justify="flex-end">
          {onCancel && (
            <Button size="compact-sm" variant="default" onClick={onCancel}>
              {t('action.cancel')}
            </Button>
          )}
          <Button size="compact-sm" title="Ctrl Enter" loading={isSending} disabled={current.text.trim() === ''} onClick={submit}>
            {send}
          </Button>
        </Group>
      )}
    </Combobox>
  );
}

const OFFERED = 6;

/** People whose name or address begins with what is typed; nobody for who may not read users. */
function usePeople(typing: string | null): readonly RecordValues[] {
  const users = useObject('user');
  const [asked] = useDebouncedValue(typing, 120);
  const answer = useQuery({
    queryKey: ['lookup', 'user', asked],
    queryFn: ({ signal }) => (users ? lookUp(users, asked ?? '', signal) : null),
    enabled: users !== undefined && asked !== null,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  return typing === null ? [] : (answer.data?.items ?? []).slice(0, OFFERED);
}
