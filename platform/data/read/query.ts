import { Refusal } from '#platform/kernel/errors.ts';
import { jsonFault } from '#platform/kernel/json-fault.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { shown } from '../names.ts';
import type { Selection } from './selection.ts';

/** A list query, as parsed from a URL or a body. Names and values in it are resolved when it is compiled. */
export type ListQuery = {
  /** The JSON form of a filter. */
  readonly filter?: unknown;
  readonly q?: string;
  readonly sort?: string;
  readonly fields?: readonly string[];
  readonly expand?: readonly string[];
  readonly limit: number;
  readonly cursor?: string;
  readonly offset?: number;
  readonly count: 'none' | 'estimated' | 'exact';
  readonly deleted: 'no' | 'only';
  /** A view, shared or one's own, by name or id. */
  readonly view?: string;
};

const LIMIT_DEFAULT = 25;
const LIMIT_MAX = 1000;
const OFFSET_MAX = 100_000;
const NAMES_LENGTH_MAX = 10_000;

/**
 * Parses a list query: the parameters of a URL as `qs` gives them, or a JSON body. In a URL a filter may be JSON text.
 * Refuses (400) what it does not know, with the nearest known name.
 */
export function parseListQuery(parameters: unknown, kind: 'url' | 'body'): ListQuery {
  if (!isRecord(parameters)) throw malformed('A query is an object such as {"filter":{"status":"sent"}}.');
  const unknown = Object.keys(parameters).find((name) => !Object.hasOwn(PARAMETERS, name));
  if (unknown !== undefined)
    throw new Refusal('unknown_name', `There is no parameter ${shown(unknown)}.${didYouMean(unknown, Object.keys(PARAMETERS))}`);
  const given = (name: keyof typeof PARAMETERS): unknown => (parameters[name] === null && kind === 'body' ? undefined : parameters[name]);
  const query: ListQuery = {
    limit: wholeNumber('limit', given('limit'), { minimum: 1, maximum: LIMIT_MAX }) ?? LIMIT_DEFAULT,
    count: oneOf('count', given('count'), ['none', 'estimated', 'exact'] as const) ?? 'none',
    deleted: oneOf('deleted', given('deleted'), ['no', 'only'] as const) ?? 'no',
    ...optional('filter', filterOf(given('filter'), kind)),
    ...optional('q', text('q', given('q'))),
    ...optional('sort', names('sort', given('sort'))?.join(',')),
    ...optional('fields', names('fields', given('fields'))),
    ...optional('expand', names('expand', given('expand'))),
    ...optional('cursor', text('cursor', given('cursor'))),
    ...optional('view', text('view', given('view'))),
    ...optional('offset', wholeNumber('offset', given('offset'), { minimum: 0, maximum: OFFSET_MAX })),
  };
  if (query.cursor !== undefined && query.offset !== undefined) throw malformed('Give a cursor or an offset, not both.');
  return query;
}

/** Parses the `fields` and `expand` of one record. Refuses (400) what it does not know. */
export function parseSelection(parameters: { readonly [name: string]: unknown }): Selection {
  const unknown = Object.keys(parameters).find((name) => name !== 'fields' && name !== 'expand');
  if (unknown !== undefined)
    throw new Refusal('unknown_name', `There is no parameter ${shown(unknown)}.${didYouMean(unknown, ['fields', 'expand'])}`);
  return {
    ...optional('fields', names('fields', parameters['fields'])),
    ...optional('expand', names('expand', parameters['expand'])),
  };
}

const PARAMETERS = {
  filter: true,
  q: true,
  sort: true,
  fields: true,
  expand: true,
  limit: true,
  cursor: true,
  offset: true,
  count: true,
  deleted: true,
  view: true,
} as const;

function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [key in Name]?: Value } {
  const made: { [key in Name]?: Value } = {};
  if (value !== undefined) made[name] = value;
  return made;
}

function filterOf(given: unknown, kind: 'url' | 'body'): unknown {
  if (given === undefined || given === '') return undefined;
  const filter = kind === 'url' && typeof given === 'string' ? parsedJson(given) : given;
  if (!isRecord(filter)) throw malformed('A filter is an object such as {"status":"sent"}, or filter[status]=sent.');
  return filter;
}

function parsedJson(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch (error) {
    const { en, de } = jsonFault(given, error);
    throw new Refusal('malformed_request', { en: `The filter is not valid JSON: ${en}.`, de: `Der Filter ist kein gültiges JSON: ${de}.` });
  }
}

function text(name: string, given: unknown): string | undefined {
  if (given === undefined || given === '') return undefined;
  if (typeof given !== 'string') throw malformed(`${name} is one text.`);
  return given;
}

/** A list of names: text with commas, or an array of such. */
function names(name: string, given: unknown): readonly string[] | undefined {
  if (given === undefined) return undefined;
  const parts: readonly unknown[] = Array.isArray(given) ? given : [given];
  const texts = parts.filter((part) => typeof part === 'string');
  if (texts.length < parts.length) throw malformed(`${name} is a list of names such as number,total.`);
  const joined = texts.join(',');
  if (joined.length > NAMES_LENGTH_MAX) throw malformed(`${name} is longer than ${NAMES_LENGTH_MAX} characters.`);
  const list = [
    ...new Set(
      joined
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    ),
  ];
  return list.length === 0 ? undefined : list;
}

function wholeNumber(name: string, given: unknown, bounds: { minimum: number; maximum: number }): number | undefined {
  if (given === undefined || given === '') return undefined;
  const value = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < bounds.minimum || value > bounds.maximum) {
    throw malformed(`${name} is a whole number from ${bounds.minimum} to ${bounds.maximum}.`);
  }
  return value;
}

function oneOf<Choice extends string>(name: string, given: unknown, choices: readonly Choice[]): Choice | undefined {
  if (given === undefined || given === '') return undefined;
  const found = choices.find((choice) => choice === given);
  if (found === undefined) throw malformed(`${name} is one of ${choices.join(', ')}.`);
  return found;
}

function malformed(message: string): Refusal {
  return new Refusal('malformed_request', message);
}
