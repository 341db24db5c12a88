import { relativeDayOf, relativeInstant } from '#platform/kernel/relative-date.ts';
import { apiName, type BusinessObject, type Field, type Me } from './metadata.ts';
import type { RecordValues } from './records.ts';
import { workDate } from './work-date.ts';

/** The values that a new record begins with, as the server would fill them in: shown before, so that nobody has to guess. */
export function defaultsOf(object: Pick<BusinessObject, 'fields'>, me: Me): RecordValues {
  return Object.fromEntries(
    object.fields.flatMap((field): readonly (readonly [string, unknown])[] => {
      const value = field.editable ? defaultOf(field, me) : null;
      return value === null || value === undefined ? [] : [[apiName(field), value]];
    }),
  );
}

/** `today+14d`, `now` and `$me` are worked out; every other default is the value itself. */
function defaultOf(field: Field, { user }: Me): unknown {
  const { default: value, type } = field;
  if (type === 'status') return field.initial ?? field.options?.find((option) => option.retired !== true)?.key;
  if (typeof value !== 'string') return value;
  if (type === 'date') return relativeDayOf({ timeZone: user.timeZone ?? 'UTC', workDate: workDate() ?? undefined }, value) ?? value;
  if (type === 'dateTime') return relativeInstant(value)?.toISOString() ?? value;
  if (type === 'user' && value === '$me') return user.id;
  return value;
}
