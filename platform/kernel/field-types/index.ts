import { address } from './address.ts';
import { autoNumber } from './auto-number.ts';
import { bic } from './bic.ts';
import { bigint } from './bigint.ts';
import { boolean } from './boolean.ts';
import { children } from './children.ts';
import { color } from './color.ts';
import { country } from './country.ts';
import { currency } from './currency.ts';
import { condition } from './condition.ts';
import { dateTime } from './date-time.ts';
import { date } from './date.ts';
import { decimal } from './decimal.ts';
import { documentNumber } from './document-number.ts';
import { duration } from './duration.ts';
import { email } from './email.ts';
import { externalId } from './external-id.ts';
import type { FieldType } from './field-type.ts';
import { file } from './file.ts';
import { geoPoint } from './geo-point.ts';
import { iban } from './iban.ts';
import { image } from './image.ts';
import { integer } from './integer.ts';
import { json } from './json.ts';
import { longText } from './long-text.ts';
import { lookup } from './lookup.ts';
import { manyToMany } from './many-to-many.ts';
import { markdown } from './markdown.ts';
import { money } from './money.ts';
import { multiSelect } from './multi-select.ts';
import { percent } from './percent.ts';
import { personName } from './person-name.ts';
import { phone } from './phone.ts';
import { polymorphic } from './polymorphic.ts';
import { rating } from './rating.ts';
import { relatedValue } from './related-value.ts';
import { richText } from './rich-text.ts';
import { select } from './select.ts';
import { snapshot } from './snapshot.ts';
import { status } from './status.ts';
import { tags } from './tags.ts';
import { text } from './text.ts';
import { time } from './time.ts';
import { url } from './url.ts';
import { user } from './user.ts';
import { uuid } from './uuid.ts';
import { vatNumber } from './vat-number.ts';

/** THE list of field types, in the order in which an administrator sees them. A new type is one file here and one in admin-ui/src/fields/. */
export const FIELD_TYPES: readonly FieldType[] = [
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

const byName = new Map(FIELD_TYPES.map((type) => [type.name, type]));

/** The type of that name; an unknown one is a bug, since definitions are checked before they are stored. */
export function fieldType(name: string): FieldType {
  const type = byName.get(name);
  if (!type) throw new Error(`There is no field type ${name}`);
  return type;
}

/** Whether there is a type of that name. */
export function isFieldType(name: string): boolean {
  return byName.has(name);
}
