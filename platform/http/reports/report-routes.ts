import { shown } from '#platform/data/names.ts';
import { runInWork } from '#platform/data/commands/work.ts';
import { dayIn } from '#platform/kernel/relative-date.ts';
import type { Store } from '#platform/data/store.ts';
import type { Documents } from '#platform/documents/documents.ts';
import { PDF } from '#platform/documents/issued.ts';
import { printLetter } from '#platform/documents/print-letter.ts';
import { printReport, REPORT_ROWS_MAX } from '#platform/documents/print-report.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { invalidValues, Refusal } from '#platform/kernel/errors.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { CommandDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import type { Report, ReportFile, ReportPage, ReportRow } from '#platform/kernel/report.ts';
import type { Route, RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import { checkInput } from '#platform/metadata/command-input.ts';
import { reportCsv } from '#platform/transfer/report-csv.ts';
import { zipBytes } from '#platform/transfer/zip-parts.ts';
import { reportGenerated } from '#platform/transfer/report-generated.ts';
import { contentDisposition } from '../files/content-disposition.ts';
import { described, LISTED, mayHave } from './known-reports.ts';
import { inWords } from './asked-in-words.ts';
import { readingFor } from './reading.ts';

const FORMATS = ['json', 'csv', 'pdf'];
const LANGUAGES = ['en', 'de'] as const;

/** A report that was asked for: with its input, in a format and a language. */
type Asked = {
  readonly report: Report;
  readonly input: RecordValues;
  readonly format: string;
  readonly language: (typeof LANGUAGES)[number];
  readonly after: string | null;
};

/** `GET /reports`: those that the caller may have, with what they ask for; `GET /reports/:name`: one, as JSON, CSV or PDF. */
export function reportRoutes(store: Store, documents: Documents): readonly Route[] {
  const { reports } = store.module;
  if (reports.length === 0) return [];
  const inputs = new Map(reports.map((report) => [report.name, inputOf(report)]));
  const known = (caller: Caller): readonly Report[] =>
    reports.filter((report) => mayHave(caller, report, (name) => store.schema().byName.get(name)));
  return [
    {
      method: 'GET',
      path: '/reports',
      summary: 'The reports of this service',
      ...LISTED,
      handler: async ({ caller }) => ({ status: 200, body: { items: known(caller).map((report) => described(report, todayOf(caller))) } }),
    },
    {
      method: 'GET',
      path: '/reports/:name',
      summary: 'A report, worked out now',
      answer: {
        type: 'object',
        properties: {
          columns: { type: 'array', items: { type: 'object' } },
          asked: { type: 'object' },
          rows: { type: 'array', items: { type: 'object' } },
          next: { type: ['string', 'null'] },
        },
      },
      handler: async (request) => {
        const report = known(request.caller).find(({ name }) => name === request.params['name']);
        const input = report && inputs.get(report.name);
        if (!report || !input) throw new Refusal('not_found', `There is no report ${shown(request.params['name'] ?? '')}.`);
        return answerTo(store, documents, request.caller, askedFor(report, input, request));
      },
    },
  ];
}

function todayOf(caller: Caller): string {
  return dayIn(caller.timeZone, new Date());
}

function askedFor(report: Report, input: CommandDefinition, { query, caller }: RouteRequest): Asked {
  const { format = 'json', language = caller.language, after, ...given } = query;
  const checked = checkedInput(input, given);
  return {
    report,
    input: { ...report.defaults?.(checked, todayOf(caller)), ...checked },
    format: oneOf(`${report.label.en} comes as`, format, formatsOf(report)),
    language: oneOf('A report is written in', language, LANGUAGES),
    after: typeof after === 'string' && after !== '' ? after : null,
  };
}

/** The forms in which a report comes: those of all, and its own. */
function formatsOf({ letter, files = [] }: Report): readonly string[] {
  return [...FORMATS, ...(letter ? ['letter'] : []), ...files.map(({ format }) => format)];
}

function oneOf<T extends string>(said: string, given: unknown, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === given);
  if (found !== undefined) return found;
  throw new Refusal('malformed_request', `${said} ${choices.join(' or ')}.${didYouMean(plainText(given), choices)}`);
}

async function answerTo(store: Store, documents: Documents, caller: Caller, asked: Asked): Promise<RouteAnswer> {
  const { report, input, format } = asked;
  if (format === 'json') {
    const page = await report.run(readingFor(store, caller, asked), input);
    const { rows, next = null, asked: workedOut = {} } = page;
    return { status: 200, body: { ...described(report, todayOf(caller)), asked: { ...input, ...workedOut }, rows, next } };
  }
  const answer = await fileOf({ store, documents, caller }, asked);
  const told = Object.fromEntries(Object.entries(input).map(([name, value]) => [name, plainText(value)]));
  await runInWork(store, caller, (work) =>
    work.emit(reportGenerated(store.module.name), report.name, { report: report.name, format, asked: told }),
  );
  return answer;
}

/** Where a report is worked out, and for whom. */
type Place = { readonly store: Store; readonly documents: Documents; readonly caller: Caller };

async function fileOf(place: Place, asked: Asked): Promise<RouteAnswer> {
  const file = asked.report.files?.find(({ format }) => format === asked.format);
  if (file) return otherFile(place, asked, file);
  if (asked.format === 'csv') return csvOf(place, asked);
  return asked.format === 'letter' ? letterOf(place, asked) : pdfOf(place, asked);
}

/** A report's input is checked like a command's. */
function inputOf({ name, label, input }: Report): CommandDefinition {
  return { name, label, input };
}

function checkedInput(input: CommandDefinition, given: RecordValues): RecordValues {
  const { values, errors } = checkInput(input, given);
  const unknown = errors.filter(({ rule }) => rule === 'unknown');
  if (unknown[0]) throw new Refusal('unknown_name', unknown[0].message, { errors: unknown });
  if (errors.length > 0) throw invalidValues(errors);
  return values;
}

/** A report page by page. */
async function* pagesOf(store: Store, caller: Caller, { report, input, language }: Asked): AsyncGenerator<ReportPage> {
  let after: string | null = null;
  do {
    const page: ReportPage = await report.run(readingFor(store, caller, { language, after }), input);
    yield page;
    after = page.next ?? null;
  } while (after !== null);
}

/** A file of the report's own kind. What is wrong with what was asked is said before anything of it is sent. */
async function otherFile({ store, caller }: Place, asked: Asked, file: ReportFile): Promise<RouteAnswer> {
  const reading = readingFor(store, caller, asked);
  const headers = { 'Content-Disposition': contentDisposition('attachment', file.name) };
  if ('files' in file)
    return { status: 200, headers: { ...headers, 'Content-Type': 'application/zip' }, parts: zipBytes(file.files(reading, asked.input)) };
  return { status: 200, headers: { ...headers, 'Content-Type': file.type }, parts: await begun(file.text(reading, asked.input)) };
}

/** Texts of which the first is there already. */
async function begun<T>(parts: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const all = parts[Symbol.asyncIterator]();
  const first = await all.next();
  return (async function* rest() {
    if (first.done !== true) yield first.value;
    for (let next = await all.next(); next.done !== true; next = await all.next()) yield next.value;
  })();
}

async function csvOf({ store, caller }: Place, asked: Asked): Promise<RouteAnswer> {
  const pages = await begun(pagesOf(store, caller, asked));
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': contentDisposition('attachment', `${asked.report.name}.csv`),
    },
    parts: reportCsv(asked.report, pages),
  };
}

async function pdfOf({ store, documents, caller }: Place, asked: Asked): Promise<RouteAnswer> {
  const { report, input, language } = asked;
  const rows: ReportRow[] = [];
  let workedOut: RecordValues = {};
  for await (const page of pagesOf(store, caller, asked)) {
    rows.push(...page.rows);
    workedOut = page.asked ?? workedOut;
    if (rows.length > REPORT_ROWS_MAX) throw tooLong();
  }
  const bytes = await printReport(documents, {
    report,
    rows,
    language,
    parameters: await inWords(store, caller, { fields: report.input, input: { ...input, ...workedOut }, language }),
    companyId: typeof input['companyId'] === 'string' ? input['companyId'] : caller.companyId,
    at: new Date(),
    timeZone: caller.timeZone,
  });
  return pdfAnswer(`${report.label[language] ?? report.label.en}.pdf`, bytes);
}

async function letterOf({ store, documents, caller }: Place, asked: Asked): Promise<RouteAnswer> {
  const { report, input } = asked;
  const needs = report.letter?.needs(input) ?? {};
  const index = store.schema();
  const isTheirs = Object.values(needs).every(({ object: name }) => {
    const object = index.byName.get(name) ?? index.foreign.get(name);
    return object !== undefined && caller.permissions.on(object).read;
  });
  if (!isTheirs) throw new Refusal('not_allowed', `${report.label.en}: the letter shows what you may not read. Ask an administrator.`);
  const { name, bytes } = await printLetter(documents, {
    report,
    input,
    reading: readingFor(store, caller, asked),
    companyId: caller.companyId,
  });
  return pdfAnswer(name, bytes);
}

function pdfAnswer(name: string, body: Buffer): RouteAnswer {
  const headers = { 'Content-Type': PDF, 'Cache-Control': 'no-store', 'Content-Disposition': contentDisposition('inline', name) };
  return { status: 200, headers, body };
}

function tooLong(): Refusal {
  return new Refusal('limit_reached', {
    en: `On paper a report has at most ${REPORT_ROWS_MAX} rows. Narrow it down, or take it as CSV.`,
    de: `Auf Papier hat ein Bericht höchstens ${REPORT_ROWS_MAX} Zeilen. Grenzen Sie ihn ein, oder nehmen Sie CSV.`,
  });
}
