import { DateTimePicker } from '@mantine/dates';
import { IconCalendarClock } from '@tabler/icons-react';
import dayjs from 'dayjs';
import { formatDateTime } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';

export const dateTime: FieldUi = {
  name: 'dateTime',
  icon: IconCalendarClock,
  Cell: DateTimeCell,
  Input: InstantInput,
  width: 170,
};

function DateTimeCell({ value }: CellProps) {
  const { language } = useTexts();
  const text = textOf(value);
  return <>{text === '' ? '' : formatDateTime(text, language)}</>;
}

/** Chosen in the reader's zone, stored as an instant. */
function InstantInput(props: InputProps) {
  const { language, t } = useTexts();
  const frame = useInputFrame(props);
  const text = textOf(props.value);
  return (
    <DateTimePicker
      {...frame}
      clearable={props.field.required !== true && props.field.editable}
      clearButtonProps={{ 'aria-label': t('field.clear') }}
      submitButtonProps={{ 'aria-label': t('action.apply') }}
      timePickerProps={{ hoursInputLabel: t('field.hours'), minutesInputLabel: t('field.minutes') }}
      valueFormat={language === 'de' ? 'DD.MM.YYYY HH:mm' : 'DD/MM/YYYY HH:mm'}
      value={text === '' ? null : dayjs(text).format('YYYY-MM-DD HH:mm:ss')}
      onChange={(value) => props.onChange(value === null ? null : dayjs(value).toISOString())}
    />
  );
}
