import { ORDER, ValueProblem, type FieldType } from './field-type.ts';

/** A time of day without a zone: `13:45:00` (ISO 8601); seconds may be left out when it is written. */
export const time: FieldType = {
  name: 'time',
  label: { en: 'Time of day', de: 'Uhrzeit' },
  description: { en: 'A time of day, such as opening hours.', de: 'Eine Uhrzeit, etwa der Öffnungszeit.' },
  storage: 'time',
  operators: ORDER,
  sortable: true,
  groupable: true,
  searchable: false,
  jsonSchema: () => ({ type: 'string', maxLength: 8 }),
  answerSchema: () => ({ type: 'string', pattern: '^[0-9]{2}:[0-9]{2}:[0-9]{2}$' }),
  normalize: (value) => {
    const [, hours, minutes, seconds = '00'] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(String(value).trim()) ?? [];
    if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59)
      throw new ValueProblem('time', 'is a time of day such as 13:45');
    return `${hours.padStart(2, '0')}:${minutes}:${seconds}`;
  },
  typescript: () => 'string',
  example: () => '13:45:00',
};
