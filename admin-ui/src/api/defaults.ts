import { apiName, type BusinessObject, type Field, type Me } from './metadata.ts';
import type { RecordValues } from './records.ts';

/** The values that a new record begins with, as the server would fill them in: shown before, so that nobody has to guess. */
export function defaultsOf(object: Pick<BusinessObject, 'fields'>, me: Me): RecordValues {
  return Object.fromEntries(
    object.fields.flatMap((field): readonly (readonly [string, unknown])[] => {
      const value = field.editable && field.type !== 'status' ? defaultOf(field, me) : null;
      return value === null || value === undefined ? [] : [[apiName(field), value]];
    }),
  );
}

/** `today`, `now` and `$me` are worked out; every other default is the value itself. */
function defaultOf(field: Field, { user, company }: Me): unknown {
  const { default: value, type } = field;
  if (type === 'date' && value === 'today') return dayIn(company?.timeZone ?? user.timeZone);
  if (type === 'dateTime' && value === 'now') return new Date().toISOString();
  if (type === 'user' && value === '$me') return user.id;
  return value;
}

function dayIn(timeZone: string | undefined): string {
  return new Intl.DateTimeFormat('en-CA', { ...(timeZone ? { timeZone } : {}), dateStyle: 'short' }).format(new Date());
}
