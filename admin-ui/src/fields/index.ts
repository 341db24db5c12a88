import type { Field } from '../api/metadata.ts';
import { address } from './address.tsx';
import { autoNumber } from './auto-number.tsx';
import { bic } from './bic.tsx';
import { bigint } from './bigint.tsx';
import { boolean } from './boolean.tsx';
import { children } from './children.tsx';
import { color } from './color.tsx';
import { country } from './country.tsx';
import { currency } from './currency.tsx';
import { condition } from './condition.tsx';
import { dateTime } from './date-time.tsx';
import { date } from './date.tsx';
import { decimal } from './decimal.tsx';
import { documentNumber } from './document-number.tsx';
import { duration } from './duration.tsx';
import { email } from './email.tsx';
import { externalId } from './external-id.tsx';
import type { FieldUi } from './field-ui.ts';
import { file } from './file.tsx';
import { geoPoint } from './geo-point.tsx';
import { iban } from './iban.tsx';
import { image } from './image.tsx';
import { integer } from './integer.tsx';
import { json } from './json.tsx';
import { longText } from './long-text.tsx';
import { lookup } from './lookup.tsx';
import { manyToMany } from './many-to-many.tsx';
import { markdown } from './markdown.tsx';
import { money } from './money.tsx';
import { multiSelect } from './multi-select.tsx';
import { percent } from './percent.tsx';
import { personName } from './person-name.tsx';
import { phone } from './phone.tsx';
import { polymorphic } from './polymorphic.tsx';
import { rating } from './rating.tsx';
import { relatedValue } from './related-value.tsx';
import { richText } from './rich-text.tsx';
import { select } from './select.tsx';
import { snapshot } from './snapshot.tsx';
import { status } from './status.tsx';
import { tags } from './tags.tsx';
import { text } from './text.tsx';
import { time } from './time.tsx';
import { url } from './url.tsx';
import { user } from './user.tsx';
import { uuid } from './uuid.tsx';
import { vatNumber } from './vat-number.tsx';

/** THE list of field types on the screens. It has the types of platform/kernel/field-types, in the order in which they are offered. */
export const FIELD_UIS: readonly FieldUi[] = [
  text,
  longText,
  richText,
  markdown,
  email,
  phone,
  url,
  vatNumber,
  iban,
  bic,
  integer,
  bigint,
  decimal,
  money,
  percent,
  currency,
  country,
  rating,
  boolean,
  date,
  time,
  dateTime,
  duration,
  select,
  multiSelect,
  tags,
  status,
  autoNumber,
  documentNumber,
  lookup,
  user,
  manyToMany,
  polymorphic,
  relatedValue,
  snapshot,
  children,
  personName,
  address,
  geoPoint,
  file,
  image,
  color,
  externalId,
  condition,
  json,
  uuid,
];

const BY_NAME = new Map(FIELD_UIS.map((ui) => [ui.name, ui]));

/** How a field is shown; a type that the screens do not know yet is shown as text. */
export function fieldUi(field: Pick<Field, 'type'>): FieldUi {
  return BY_NAME.get(field.type) ?? text;
}
