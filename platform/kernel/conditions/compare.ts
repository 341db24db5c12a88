import type { StorageKind } from '../field-types/field-type.ts';
import { isList, plainText } from '../json.ts';
import { dayIn, relativeDay, relativeInstant } from '../relative-date.ts';
import type { ConditionOperator } from './operators.ts';

/** Who asks, and where and when: what `$me`, `today` and `now` mean. */
export type Circumstances = {
  readonly actor: string;
  readonly userId?: string | undefined;
  readonly timeZone: string;
  readonly now?: Date;
};

/** A value and what it is compared with. */
type Compared = {
  readonly held: unknown;
  readonly wanted: unknown;
  readonly storage: StorageKind;
  readonly around: Circumstances;
};

/** Whether a value meets a comparison, as the filter of a list would find it. A value that is missing meets none but `ne`, `nin`, `noneOf` and `isNull`. */
export function isMetBy(compared: Compared, operator: ConditionOperator): boolean {
  return TESTS[operator](compared);
}

/** Whether there is nothing: no value, blank text, an empty list. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'string' ? value.trim() === '' : isList(value) && value.length === 0;
}

const TESTS: Readonly<Record<ConditionOperator, (compared: Compared) => boolean>> = {
  eq: equal,
  ne: (compared) => !equal(compared),
  gt: (compared) => orderOf(compared) > 0,
  gte: (compared) => orderOf(compared) >= 0,
  lt: (compared) => orderOf(compared) < 0,
  lte: (compared) => orderOf(compared) <= 0,
  between: (compared) => {
    const [from, to] = listOf(compared.wanted);
    return orderOf({ ...compared, wanted: from }) >= 0 && orderOf({ ...compared, wanted: to }) <= 0;
  },
  in: oneOf,
  nin: (compared) => !oneOf(compared),
  contains: (compared) => folded(compared.held).includes(folded(compared.wanted)),
  startsWith: (compared) => folded(compared.held).startsWith(folded(compared.wanted)),
  endsWith: (compared) => folded(compared.held).endsWith(folded(compared.wanted)),
  isNull: ({ held, wanted }) => isEmpty(held) === (wanted === true),
  anyOf: anyOf,
  allOf: ({ held, wanted }) => !isEmpty(held) && listOf(wanted).every((one) => listOf(held).includes(one)),
  noneOf: (compared) => !anyOf(compared),
};

function equal(compared: Compared): boolean {
  return isEmpty(compared.wanted) ? isEmpty(compared.held) : orderOf(compared) === 0;
}

function oneOf(compared: Compared): boolean {
  return listOf(compared.wanted).some((wanted) => equal({ ...compared, wanted }));
}

function anyOf({ held, wanted }: Compared): boolean {
  return listOf(wanted).some((one) => listOf(held).includes(one));
}

function listOf(value: unknown): readonly unknown[] {
  return isList(value) ? value : [];
}

/** Below, equal or above zero; NaN, which is none of these, where there is no order or nothing to compare. */
function orderOf({ held, wanted, storage, around }: Compared): number {
  if (isEmpty(held) || isEmpty(wanted)) return Number.NaN;
  const [left, right] = [plainText(held), plainText(wanted)];
  switch (storage) {
    case 'integer':
    case 'bigint':
    case 'numeric':
      return decimalOrder(left, right);
    case 'date':
      return textOrder(left, relativeDay(right, around.timeZone, around.now) ?? right);
    case 'time':
      return textOrder(withSeconds(left), withSeconds(right));
    case 'timestamp':
      return instantOrder(left, right, around);
    case 'uuid':
      return sameness(left.toLowerCase(), right === '$me' ? (around.userId ?? '') : right.toLowerCase());
    case 'text':
      return sameness(left, right === '$me' ? around.actor : right);
    case 'boolean':
      return sameness(left, right);
    case 'interval':
    case 'json':
    case 'textArray':
    case 'uuidArray':
    case 'none':
      return Number.NaN;
  }
}

function sameness(left: string, right: string): number {
  return left === right ? 0 : Number.NaN;
}

function textOrder(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

/** `9:05` and `09:05` as `09:05:00`. */
function withSeconds(time: string): string {
  const padded = /^\d:/.test(time) ? `0${time}` : time;
  return padded.length === 5 ? `${padded}:00` : padded;
}

/** An instant beside another, or beside a whole day in the zone of who asks. */
function instantOrder(held: string, wanted: string, { timeZone, now }: Circumstances): number {
  const instant = new Date(held);
  if (Number.isNaN(instant.getTime())) return Number.NaN;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(wanted) ? wanted : relativeDay(wanted, timeZone, now);
  if (day !== null) return textOrder(dayIn(timeZone, instant), day);
  const other = relativeInstant(wanted, now) ?? new Date(wanted);
  return instant.getTime() - other.getTime();
}

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?$/;

/** Decimals by all their digits; numbers that JSON wrote with an exponent as far as a float goes. */
function decimalOrder(left: string, right: string): number {
  const [one, other] = [DECIMAL.exec(left), DECIMAL.exec(right)];
  if (!one || !other) return Number(left) - Number(right);
  const places = Math.max(one[3]?.length ?? 0, other[3]?.length ?? 0);
  const [first, second] = [units(one, places), units(other, places)];
  return first === second ? 0 : first < second ? -1 : 1;
}

function units([, sign, whole = '0', fraction = '']: RegExpExecArray, places: number): bigint {
  const digits = BigInt(whole + fraction.padEnd(places, '0'));
  return sign === '-' ? -digits : digits;
}

/** Text as it is searched: without case and accents. */
function folded(value: unknown): string {
  return plainText(value)
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('ß', 'ss');
}
