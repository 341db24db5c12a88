import { shown } from '#platform/data/names.ts';
import { streamRecords } from '#platform/data/read/list.ts';
import { parseListQuery } from '#platform/data/read/query.ts';
import { readSource } from '#platform/data/read/source.ts';
import { calendarDay } from '#platform/data/commands/calendar-day.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { invalidValues, Refusal } from '#platform/kernel/errors.ts';
import { parseObject, plainText } from '#platform/kernel/json.ts';
import type { CommandDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import type { Reading, Report } from '#platform/kernel/report.ts';
import type { Route, RouteAnswer } from '#platform/kernel/route.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { checkInput } from '#platform/metadata/command-input.ts';
import { reportCsv } from '#platform/transfer/report-csv.ts';
import { contentDisposition } from './files/content-disposition.ts';

const FORMATS = ['json', 'csv'] as const;

/** More than this no report is worked out of at once. */
const RECORDS_MAX = 50_000;

/** `GET /reports`: those that the caller may have, with what they ask for; `GET /reports/:name`: one, as JSON or CSV. */
export function reportRoutes(store: Store): readonly Route[] {
  const inputs = new Map(store.module.reports.map((report) => [report.name, inputOf(report)]));
  const known = (caller: Caller): readonly Report[] => store.module.reports.filter((report) => mayHave(store, caller, report));
  return [
    {
      method: 'GET',
      path: '/reports',
      summary: 'The reports of this service',
      query: {},
      answer: { type: 'object', properties: { items: { type: 'array', items: { type: 'object' } } } },
      handler: async ({ caller }) => ({ status: 200, body: { items: known(caller).map(described) } }),
    },
    {
      method: 'GET',
      path: '/reports/:name',
      summary: 'A report, worked out now',
      answer: {
        type: 'object',
        properties: { columns: { type: 'array', items: { type: 'object' } }, rows: { type: 'array', items: { type: 'object' } } },
      },
      handler: async ({ caller, params, query }) => {
        const { format = 'json', ...given } = query;
        const report = known(caller).find(({ name }) => name === params['name']);
        const input = report && inputs.get(report.name);
        if (!report || !input) throw new Refusal('not_found', `There is no report ${shown(params['name'] ?? '')}.`);
        if (format !== 'json' && format !== 'csv')
          throw new Refusal('malformed_request', `A report comes as ${FORMATS.join(' or ')}.${didYouMean(plainText(format), FORMATS)}`);
        const rows = await report.run(readingFor(store, caller), checked(input, given));
        return format === 'csv' ? csvOf(report, rows) : { status: 200, body: { ...described(report), rows } };
      },
    },
  ];
}

function mayHave(store: Store, caller: Caller, { reads }: Report): boolean {
  return reads.every((name) => {
    const object = store.schema().byName.get(name);
    return object !== undefined && caller.permissions.on(object).read;
  });
}

function described({ name, label, input, columns }: Report) {
  return { name, label, input, columns };
}

/** A report's input is checked like a command's. */
function inputOf({ name, label, input }: Report): CommandDefinition {
  return { name, label, input };
}

function checked(input: CommandDefinition, given: RecordValues): RecordValues {
  const { values, errors } = checkInput(input, given);
  const unknown = errors.filter(({ rule }) => rule === 'unknown');
  if (unknown[0]) throw new Refusal('unknown_name', unknown[0].message, { errors: unknown });
  if (errors.length > 0) throw invalidValues(errors);
  return values;
}

function readingFor(store: Store, caller: Caller): Reading {
  const source = readSource(store, caller);
  return {
    today: calendarDay(new Date().toISOString(), caller.timeZone),
    all: async <R extends RecordValues>(name: string, query: object) => {
      const object = source.schema.byName.get(name);
      if (!object) throw new Error(`The module ${store.module.name} has no object ${name}.`);
      const records: R[] = [];
      for await (const batch of streamRecords(source, object, parseListQuery(query, 'body'))) {
        records.push(...batch.map((text) => trusted<R>(parseObject(text))));
        if (records.length > RECORDS_MAX)
          throw new Refusal('limit_reached', {
            en: `The report would be of more than ${RECORDS_MAX} ${object.pluralLabel.en}. Ask for less at once.`,
            de: `Der Bericht wäre über mehr als ${RECORDS_MAX} ${object.pluralLabel.de ?? object.pluralLabel.en}. Fragen Sie weniger auf einmal ab.`,
          });
      }
      return records;
    },
  };
}

function csvOf(report: Report, rows: readonly RecordValues[]): RouteAnswer {
  return {
    status: 200,
    headers: { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': contentDisposition('attachment', `${report.name}.csv`) },
    body: reportCsv(report, rows),
  };
}
