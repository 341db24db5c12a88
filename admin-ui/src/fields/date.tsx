import { DateInput } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { formatDate } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';
import { parseDay } from './parse-day.ts';

export const date: FieldUi = { name: 'date', icon: IconCalendar, Cell: DateCell, Input: DayInput, width: 130 };

function DateCell({ value }: CellProps) {
  const { language } = useTexts();
  const text = textOf(value);
  return <>{text === '' ? '' : formatDate(text, language)}</>;
}

function DayInput(props: InputProps) {
  const { language, t } = useTexts();
  const frame = useInputFrame(props);
  const text = textOf(props.value);
  return (
    <DateInput
      {...frame}
      clearable={props.field.required !== true && props.field.editable}
      clearButtonProps={{ 'aria-label': t('field.clear') }}
      valueFormat={language === 'de' ? 'DD.MM.YYYY' : 'DD/MM/YYYY'}
      dateParser={(typed) => parseDay(typed)}
      value={/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null}
      onChange={(value) => props.onChange(value)}
    />
  );
}
