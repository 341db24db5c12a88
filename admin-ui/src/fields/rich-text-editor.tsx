import { ActionIcon, Group } from '@mantine/core';
import { IconBold, IconH2, IconItalic, IconList, IconListNumbers, IconUnderline, type Icon } from '@tabler/icons-react';
import { useEffect, useId, useRef, type ClipboardEvent } from 'react';
import { useTexts, type TextKey } from '../i18n/index.ts';
import type { InputProps } from './field-ui.ts';
import { FieldWrapper } from './field-wrapper.tsx';
import { textOf, useInputFrame } from './input-frame.ts';
import { RichTextLink } from './rich-text-link.tsx';

const TOOLS: readonly { readonly key: TextKey; readonly Shape: Icon; readonly command: string; readonly value?: string }[] = [
  { key: 'richText.bold', Shape: IconBold, command: 'bold' },
  { key: 'richText.italic', Shape: IconItalic, command: 'italic' },
  { key: 'richText.underline', Shape: IconUnderline, command: 'underline' },
  { key: 'richText.heading', Shape: IconH2, command: 'formatBlock', value: 'h2' },
  { key: 'richText.list', Shape: IconList, command: 'insertUnorderedList' },
  { key: 'richText.numbers', Shape: IconListNumbers, command: 'insertOrderedList' },
];

/** The browser's own editing with a row of tools. What is pasted comes as plain text, and the server cleans whatever is saved. */
export function RichTextEditor(props: InputProps) {
  const { t } = useTexts();
  const frame = useInputFrame(props);
  const { label, error, disabled, 'aria-label': spoken } = frame;
  const area = useRef<HTMLDivElement>(null);
  const id = useId();
  const given = textOf(props.value);
  // The area holds what is typed; it is only written to when another value comes from outside, or the caret would jump.
  useEffect(() => {
    if (area.current && area.current.innerHTML !== given) area.current.innerHTML = inert(given);
  }, [given]);
  const tell = (): void => {
    const html = area.current?.innerHTML ?? '';
    props.onChange(area.current?.textContent?.trim() === '' ? null : html);
  };
  const run = (command: string, value?: string): void => {
    area.current?.focus();
    document.execCommand(command, false, value);
    tell();
  };
  const paste = (event: ClipboardEvent): void => {
    event.preventDefault();
    run('insertText', event.clipboardData.getData('text/plain'));
  };
  return (
    <FieldWrapper frame={frame} id={id}>
      <div className={error === null ? 'rich' : 'rich rich-error'} data-disabled={disabled || undefined}>
        {!disabled && (
          <Group gap={2} className="rich-tools" role="toolbar" aria-label={t('richText.tools')}>
            {TOOLS.map(({ key, Shape, command, value }) => (
              <ActionIcon
                key={key}
                variant="subtle"
                color="gray"
                aria-label={t(key)}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => run(command, value)}
              >
                <Shape size={16} />
              </ActionIcon>
            ))}
            <RichTextLink onLink={(address) => run('createLink', address)} />
          </Group>
        )}
        <div
          ref={area}
          className="rich-area"
          role="textbox"
          tabIndex={0}
          aria-multiline
          aria-label={label ?? spoken ?? ''}
          aria-disabled={disabled}
          aria-invalid={error !== null}
          contentEditable={!disabled}
          suppressContentEditableWarning
          onInput={tell}
          onPaste={paste}
        />
      </div>
    </FieldWrapper>
  );
}

/** The text with its form, where it is read. */
export function RichTextShown({ html }: { readonly html: string }) {
  return <div className="prose" dangerouslySetInnerHTML={{ __html: inert(html) }} />;
}

/** HTML without anything that runs: a draft that was kept in this browser has not been through the server. */
function inert(html: string): string {
  const document = new DOMParser().parseFromString(html, 'text/html');
  for (const element of document.body.querySelectorAll('script,style,iframe,object,embed,form,img,svg,math,link,meta,base'))
    element.remove();
  for (const element of document.body.querySelectorAll('*')) {
    for (const { name, value } of Array.from(element.attributes)) {
      if (name !== 'href' || !/^(https?:|mailto:|tel:)/i.test(value)) element.removeAttribute(name);
    }
  }
  return document.body.innerHTML;
}
