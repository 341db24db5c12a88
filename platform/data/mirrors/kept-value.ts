import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldSettings } from '#platform/kernel/model.ts';

/** Makes a value of records what a mirror keeps of it. */
export type KeepValue = (value: unknown) => unknown;

/** Whole numbers beyond are no values of their columns, and would stop whoever reads them. */
const INTEGER_MOST = 2_147_483_647;
const BIGINT_MOST = 9_223_372_036_854_775_807n;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^(-?)0*(\d+)(?:\.(\d+))?$/;
/** A number as it is written; most are, and need no second look. */
const WRITTEN = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/**
 * A value as a field of this type has it, though it may have been told while the field had another type: in an event that comes late or twice,
 * or by a replica of its owner that is behind. Values of all types that become each other are texts, or are written like one, so that it
 * is no matter of which they come; one that the type has already stays as it is. Null where it cannot be one of this type.
 */
export function keptAs({ type, scale }: Pick<FieldSettings, 'type' | 'scale'>): KeepValue {
  return KEEPERS[fieldType(type).storage]?.(scale) ?? ((value) => value);
}

const KEEPERS: { readonly [storage: string]: (scale: number | undefined) => KeepValue } = {
  text: () => (value) => (typeof value === 'number' ? String(value) : value),
  date: () => dayText,
  integer: () => (value) => (typeof value === 'number' ? value : wholeNumber(value)),
  bigint: () => wholeText,
  numeric: (scale) => (value) => numberText(value, scale),
};

function dayText(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  if (!DAY.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text) ? null : text;
}

function wholeNumber(value: unknown): number | null {
  const number = Number(wholeText(value) ?? Number.NaN);
  return Math.abs(number) <= INTEGER_MOST ? number : null;
}

/** The digits of a whole number, also of one that was told with places of which all are zero. */
function wholeText(value: unknown): string | null {
  const text = numberText(value, undefined);
  if (text === null) return null;
  const [whole = '', places = ''] = text.split('.');
  if (!/^0*$/.test(places) || whole.length > 20) return null;
  const number = BigInt(whole);
  return number > BIGINT_MOST || number < -BIGINT_MOST ? null : String(number);
}

/** Digits without zeros before them, and as many places as the field has. */
function numberText(value: unknown, scale: number | undefined): string | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  if (WRITTEN.test(text) && (scale === undefined || text.split('.')[1]?.length === scale)) return text;
  const found = NUMBER.exec(text);
  if (!found) return null;
  const [, sign = '', whole = '', places = ''] = found;
  const shown = scale === undefined ? places : places.padEnd(scale, '0');
  return `${sign}${whole}${shown === '' ? '' : `.${shown}`}`;
}
