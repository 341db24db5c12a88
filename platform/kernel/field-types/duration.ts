import { ORDER, ValueProblem, type FieldType } from './field-type.ts';

const PATTERN =
  /^P(?!$)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/;

/**
 * A length of time in ISO 8601: `PT1H30M`, `P2W`, `P1Y6M`. Months, days and time are kept apart, since none is a fixed number of
 * the other; inside each the canonical form carries over: 90 minutes are `PT1H30M`, two weeks `P14D`.
 */
export const duration: FieldType = {
  name: 'duration',
  label: { en: 'Duration', de: 'Dauer' },
  description: { en: 'A length of time, such as a period of notice.', de: 'Eine Zeitspanne, etwa eine Kündigungsfrist.' },
  storage: 'interval',
  operators: ORDER,
  sortable: true,
  groupable: true,
  searchable: false,
  jsonSchema: () => ({ type: 'string', maxLength: 60 }),
  answerSchema: () => ({ type: 'string', format: 'duration' }),
  normalize: (value) => {
    const parts = PATTERN.exec(String(value).trim().toUpperCase());
    if (!parts) throw new ValueProblem('duration', 'is a duration in ISO 8601, such as PT1H30M or P14D');
    const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
      .slice(1)
      .map((part) => Number(part ?? 0));
    return written({ months: years * 12 + months, days: weeks * 7 + days, seconds: hours * 3600 + minutes * 60 + seconds });
  },
  typescript: () => 'string',
  example: () => 'PT1H30M',
};

function written({ months, days, seconds }: { months: number; days: number; seconds: number }): string {
  const part = (amount: number, letter: string): string => (amount === 0 ? '' : `${amount}${letter}`);
  const date = part(Math.floor(months / 12), 'Y') + part(months % 12, 'M') + part(days, 'D');
  const clock = part(Math.floor(seconds / 3600), 'H') + part(Math.floor((seconds % 3600) / 60), 'M') + part(seconds % 60, 'S');
  return date + clock === '' ? 'PT0S' : `P${date}${clock === '' ? '' : `T${clock}`}`;
}
