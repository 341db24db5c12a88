import type { Field } from '../api/metadata.ts';
import { address } from './address.tsx';
import { autoNumber } from './auto-number.tsx';
import { boolean } from './boolean.tsx';
import { children } from './children.tsx';
import { dateTime } from './date-time.tsx';
import { date } from './date.tsx';
import { decimal } from './decimal.tsx';
import { documentNumber } from './document-number.tsx';
import { email } from './email.tsx';
import type { FieldUi } from './field-ui.ts';
import { integer } from './integer.tsx';
import { json } from './json.tsx';
import { longText } from './long-text.tsx';
import { lookup } from './lookup.tsx';
import { money } from './money.tsx';
import { multiSelect } from './multi-select.tsx';
import { percent } from './percent.tsx';
import { phone } from './phone.tsx';
import { select } from './select.tsx';
import { status } from './status.tsx';
import { text } from './text.tsx';
import { url } from './url.tsx';
import { user } from './user.tsx';
import { uuid } from './uuid.tsx';

/** THE list of field types on the screens. It has the types of platform/kernel/field-types, in the order in which they are offered. */
export const FIELD_UIS: readonly FieldUi[] = [
  text,
  longText,
  integer,
  decimal,
  money,
  percent,
  boolean,
  date,
  dateTime,
  select,
  multiSelect,
  status,
  lookup,
  user,
  email,
  phone,
  url,
  address,
  autoNumber,
  documentNumber,
  children,
  json,
  uuid,
];

const BY_NAME = new Map(FIELD_UIS.map((ui) => [ui.name, ui]));

/** How a field is shown; a type that the screens do not know yet is shown as text. */
export function fieldUi(field: Pick<Field, 'type'>): FieldUi {
  return BY_NAME.get(field.type) ?? text;
}
