import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { shown } from '../names.ts';

/** One figure over a group. `as` is its name in the answer; `field` may only be left out of a count. */
export type Metric = {
  readonly fn: 'sum' | 'avg' | 'min' | 'max' | 'count';
  readonly field?: string;
  readonly as: string;
};

/** The body of an aggregate call, parsed; names and values are resolved when it is compiled. */
export type AggregateQuery = {
  readonly groupBy: readonly string[];
  readonly metrics: readonly Metric[];
  readonly filter?: unknown;
  readonly having?: unknown;
  readonly sort?: readonly string[];
  readonly limit: number;
};

const KEYS: readonly string[] = ['groupBy', 'metrics', 'filter', 'having', 'sort', 'limit'];
const METRIC_KEYS: readonly string[] = ['fn', 'field', 'as'];
const FUNCTIONS = ['sum', 'avg', 'min', 'max', 'count'] as const;
const GROUPS_MAX = 5;
const METRICS_MAX = 20;
const GROUPED_ROWS_MAX = 1000;
const AS = /^[a-zA-Z][A-Za-z0-9_]{0,60}$/;

/** Parses `{groupBy, metrics:[{fn, field?, as?}], filter, having, sort, limit}`; refuses (400) what it does not know. */
export function parseAggregate(body: unknown, rowsMax = GROUPED_ROWS_MAX): AggregateQuery {
  if (!isRecord(body)) throw malformed('An aggregate is an object such as {"groupBy":["status"],"metrics":[{"fn":"count","as":"count"}]}.');
  refuseUnknown(body, KEYS);
  const groupBy = names('groupBy', body['groupBy'], GROUPS_MAX) ?? [];
  const metrics = list('metrics', body['metrics'], METRICS_MAX).map(metricOf);
  if (groupBy.length + metrics.length === 0) throw malformed('Name at least one field in groupBy or one metric.');
  const sort = names('sort', body['sort'], GROUPS_MAX);
  const limit = body['limit'] ?? rowsMax;
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > rowsMax)
    throw malformed(`limit is a whole number from 1 to ${rowsMax}.`);
  return {
    groupBy,
    metrics,
    limit,
    ...(sort === undefined ? {} : { sort }),
    ...(isGiven(body['filter']) ? { filter: body['filter'] } : {}),
    ...(isGiven(body['having']) ? { having: body['having'] } : {}),
  };
}

function metricOf(given: unknown): Metric {
  if (!isRecord(given)) throw malformed('A metric is an object such as {"fn":"sum","field":"total","as":"total"}.');
  refuseUnknown(given, METRIC_KEYS);
  const fn = FUNCTIONS.find((name) => name === given['fn']);
  if (fn === undefined) throw malformed(`A metric's fn is one of ${FUNCTIONS.join(', ')}.`);
  const field = given['field'];
  if (field !== undefined && typeof field !== 'string') throw malformed("A metric's field is the name of a field.");
  if (field === undefined && fn !== 'count') throw malformed(`${fn} needs a field.`);
  const as = given['as'] ?? (field === undefined ? fn : `${fn}_${field.replaceAll('.', '_')}`);
  if (typeof as !== 'string' || !AS.test(as)) throw malformed("A metric's as is a name of letters and digits.");
  return field === undefined ? { fn, as } : { fn, field, as };
}

function names(key: string, given: unknown, maximum: number): readonly string[] | undefined {
  if (!isGiven(given)) return undefined;
  const parts: readonly unknown[] = typeof given === 'string' ? given.split(',') : list(key, given, maximum);
  return parts.map((part) => {
    if (typeof part !== 'string') throw malformed(`${key} is a list of names.`);
    return part.trim();
  });
}

function list(key: string, given: unknown, maximum: number): readonly unknown[] {
  if (!isGiven(given)) return [];
  if (!Array.isArray(given)) throw malformed(`${key} is a list.`);
  if (given.length > maximum) throw malformed(`${key} has at most ${maximum} entries.`);
  return given;
}

function refuseUnknown(given: { readonly [key: string]: unknown }, known: readonly string[]): void {
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new Refusal('unknown_name', `There is no parameter ${shown(unknown)}.${didYouMean(unknown, known)}`);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function malformed(message: string): Refusal {
  return new Refusal('malformed_request', message);
}
