import { runInWork } from '#platform/data/commands/work.ts';
import { numberSeriesChanged } from '#platform/data/number-series-changed.ts';
import { goOnFrom, seriesOf, telling } from '#platform/data/save/numbers.ts';
import type { Store } from '#platform/data/store.ts';
import { faultAt, invalidValues, Refusal } from '#platform/kernel/errors.ts';
import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import type { Route, RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import { sentence } from '#platform/kernel/sentence.ts';
import { isUuid } from '#platform/kernel/uuid.ts';

/** As far as numbers are exact in JSON, with room for all that come. */
const NEXT_MOST = 1_000_000_000_000;

const PROPERTIES: { readonly [name: string]: JsonSchema } = {
  companyId: { type: ['string', 'null'], format: 'uuid', description: 'Whose series, where each company has its own.' },
  year: { type: ['integer', 'null'], description: 'The fiscal year, where the format tells the year.' },
  next: { type: 'integer', minimum: 1, maximum: NEXT_MOST, description: 'The number that is drawn next. It lies behind the last one.' },
};

/** `PUT /number-series/{object}/{field}`: lets a series of numbers go on from another number, for administrators. What was drawn is never drawn again. */
export function numberSeriesRoute(store: Store): Route {
  return {
    method: 'PUT',
    path: '/number-series/:object/:field',
    summary: 'Choose the next number of a series',
    access: 'administrator',
    query: {},
    body: { type: 'object', properties: PROPERTIES, required: ['next'], additionalProperties: false },
    answer: { type: 'object', properties: { object: { type: 'string' }, field: { type: 'string' }, ...PROPERTIES } },
    handler: (request) => goOn(store, request),
  };
}

async function goOn(store: Store, request: RouteRequest): Promise<RouteAnswer> {
  const object = store.schema().byName.get(request.params['object'] ?? '');
  const field = object?.fields.find(({ name, state }) => name === request.params['field'] && state !== 'retired');
  if (!object || !field || !['autoNumber', 'documentNumber'].includes(field.type))
    throw new Refusal(
      'not_found',
      `There is no number "${request.params['field']?.slice(0, 80)}" of ${request.params['object']?.slice(0, 80)}.`,
    );
  const { next, ...of } = wanted(field, request.body);
  const series = field.type === 'autoNumber' ? field.id : seriesOf(field, of.companyId, of.year ?? 0);
  await runInWork(store, request.caller, async (work, { query }) => {
    const last = await goOnFrom(query, series, next);
    const change = { object: object.name, field: field.name, ...of, last, next };
    await work.emit(numberSeriesChanged(store.module.name), `number_series/${series}`, change);
  });
  return { status: 200, body: { object: object.name, field: field.name, ...of, next } };
}

/** Automatic numbers have one series; those of documents one for each company, and where the number tells the year for each year. */
function wanted(field: FieldDefinition, body: unknown): { companyId: string | null; year: number | null; next: number } {
  const given = isRecord(body) ? body : {};
  const { companyId = null, year = null } = given;
  const next = Number(given['next']);
  const wrong = (name: string, text: ReturnType<typeof sentence>) =>
    invalidValues([faultAt({ pointer: `/${name}`, field: name, rule: 'series' }, text)]);
  if (!Number.isSafeInteger(next) || next < 1 || next > NEXT_MOST) throw wrong('next', NO_NUMBER);
  if (field.type === 'autoNumber') return { companyId: null, year: null, next };
  if (companyId !== null && (typeof companyId !== 'string' || !isUuid(companyId))) throw wrong('companyId', NO_COMPANY);
  if (telling(field) && !Number.isInteger(year)) throw wrong('year', NO_YEAR);
  return { companyId, year: telling(field) ? Number(year) : null, next };
}

const NO_NUMBER = sentence(
  () => 'The next number is a whole number from 1 on.',
  () => 'Die nächste Nummer ist eine ganze Zahl ab 1.',
);
const NO_COMPANY = sentence(
  () => 'The id of a company, or nothing where documents have none.',
  () => 'Die Kennung einer Firma, oder nichts, wo Belege keine haben.',
);
const NO_YEAR = sentence(
  () => 'The number tells the year, so each year has its own series: say which.',
  () => 'Die Nummer nennt das Jahr, also hat jedes Jahr seine eigene Reihe: Sagen Sie, welches.',
);
