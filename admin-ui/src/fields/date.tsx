import { CloseButton, Popover, TextInput } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import dayjs from 'dayjs';
import { useState } from 'react';
import { formatDate, typedDate } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';
import { isDay, parseDay } from './parse-day.ts';

export const date: FieldUi = { name: 'date', icon: IconCalendar, Cell: DateCell, Input: DayInput, width: 130 };

function DateCell({ value }: CellProps) {
  const { language } = useTexts();
  const text = textOf(value);
  return <>{text === '' ? '' : formatDate(text, language)}</>;
}

/** A day, typed or chosen. What is typed and no day is the value as it is typed: it stays in sight, and the server refuses it. */
function DayInput(props: InputProps) {
  const { language, t } = useTexts();
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [seen, setSeen] = useState<string | undefined>();
  const given = textOf(props.value);
  const day = isDay(given) ? given : null;
  const isWrong = typed === null && given !== '' && day === null;
  const frame = useInputFrame(isWrong ? { ...props, error: props.error ?? t('rule.date') } : props);
  const isClearable = given !== '' && props.field.required !== true && props.field.editable;
  const give = (text: string | null): void => {
    setSeen(undefined);
    props.onChange(text);
  };
  const close = (): void => {
    setOpen(false);
    setSeen(undefined);
  };
  return (
    <Popover opened={isOpen && !frame.disabled} onDismiss={close} position="bottom-start" trapFocus={false} withRoles={false} shadow="md">
      <Popover.Target>
        <TextInput
          {...frame}
          autoComplete="off"
          value={typed ?? typedDate(given, language)}
          onFocus={() => setOpen(true)}
          onClick={() => setOpen(true)}
          onBlur={() => {
            setTyped(null);
            close();
          }}
          onKeyDown={({ key }) => key === 'Escape' && close()}
          onChange={({ currentTarget: { value: text } }) => {
            setTyped(text);
            setOpen(true);
            give(text.trim() === '' ? null : (parseDay(text) ?? text));
          }}
          {...(isClearable
            ? { rightSection: <CloseButton size="sm" tabIndex={-1} aria-label={t('field.clear')} onClick={() => give(null)} /> }
            : {})}
        />
      </Popover.Target>
      <Popover.Dropdown onMouseDown={(event) => event.preventDefault()}>
        <DatePicker
          __preventFocus
          ariaLabels={{ previousMonth: t('field.previousMonth'), nextMonth: t('field.nextMonth') }}
          value={day}
          date={seen ?? day ?? dayjs().format('YYYY-MM-DD')}
          onDateChange={setSeen}
          onChange={(chosen) => {
            setTyped(null);
            give(chosen);
            setOpen(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
