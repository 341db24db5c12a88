import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldSettings } from '#platform/kernel/model.ts';
import { literal } from '../identifier.ts';

const TEXT_MAX: { readonly [type: string]: number } = { text: 255, longText: 100_000 };
const WHOLE = { integer: ['-2147483648', '2147483647'], bigint: ['-9223372036854775808', '9223372036854775807'] } as const;

/**
 * An expression that carries the value of a column over into another type; null where it does not fit. Whatever it is given it never
 * fails: the branches of a `case` are worked out only when their condition holds.
 */
export function converted(value: string, from: FieldSettings, to: FieldSettings): string {
  const source = fieldType(from.type).storage;
  const target = fieldType(to.type).storage;
  if (target === 'text') return asText(textOf(value, source), to);
  if (source === 'text') return bounded(fromText(`btrim(${value})`, target, to), target, to);
  return bounded(fromNumber(value, target, to), target, to);
}

function textOf(value: string, source: string): string {
  if (source === 'date') return `to_char(${value}, 'YYYY-MM-DD')`;
  return source === 'text' ? value : `${value}::text`;
}

function asText(text: string, { type, options, maxLength }: FieldSettings): string {
  if (type === 'select') {
    const keys = (options ?? []).map((option) => literal(option.key)).join(', ');
    return `case when ${text} in (${keys}) then ${text} end`;
  }
  return `case when char_length(${text}) <= ${maxLength ?? TEXT_MAX[type] ?? 255} then ${text} end`;
}

function fromText(text: string, target: string, to: FieldSettings): string {
  if (target === 'date') return fromDay(text);
  if (target === 'numeric') {
    const number = `${text}::numeric`;
    return `case when ${text} ~ '^-?[0-9]{1,18}([.][0-9]{1,18})?$' then ${scaled(number, to)} end`;
  }
  return `case when ${text} ~ '^-?[0-9]{1,19}$' then ${whole(`${text}::numeric`, target)} end`;
}

/** ISO 8601; a day that its month does not have is none. */
function fromDay(text: string): string {
  const part = (from: number, length: number) => `substr(${text}, ${from}, ${length})::integer`;
  const first = `make_date(${part(1, 4)}, ${part(6, 2)}, 1)`;
  const last = `extract(day from ${first} + interval '1 month' - interval '1 day')`;
  const isDay = `${text} ~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'`;
  return `case when ${isDay} then case when ${part(9, 2)} <= ${last} then ${first} + (${part(9, 2)} - 1) end end`;
}

function fromNumber(value: string, target: string, to: FieldSettings): string {
  const number = `${value}::numeric`;
  if (target === 'numeric') return scaled(number, to);
  return `case when trunc(${number}) = ${number} then ${whole(number, target)} end`;
}

function whole(number: string, target: string): string {
  const [least, most] = target === 'bigint' ? WHOLE.bigint : WHOLE.integer;
  return `case when ${number} between ${least} and ${most} then (${number})::${target} end`;
}

function scaled(number: string, { scale, precision }: FieldSettings): string {
  const rounded = scale === undefined ? number : `round(${number}, ${scale})`;
  const limits = [
    ...(scale === undefined ? [] : [`${rounded} = ${number}`]),
    ...(precision === undefined ? [] : [`abs(${number}) < ${10n ** BigInt(precision - (scale ?? 0))}`]),
  ];
  return limits.length === 0 ? rounded : `case when ${limits.join(' and ')} then ${rounded} end`;
}

/** Bounds are numbers that the metadata have checked; as literals all the same. */
function bounded(value: string, target: string, { minimum, maximum }: FieldSettings): string {
  if (target === 'date') return value;
  const limits = [
    ...(minimum === undefined ? [] : [`(${value}) >= ${literal(String(minimum))}::numeric`]),
    ...(maximum === undefined ? [] : [`(${value}) <= ${literal(String(maximum))}::numeric`]),
  ];
  return limits.length === 0 ? value : `case when ${limits.join(' and ')} then ${value} end`;
}
