/**
 * `npm run bench:event-search [-- --events 10000000 --months 24 --rounds 15 --folder <kept>]`: how long the searches of the audit's explorer take, as the record
 * API compiles them, over so many events; a first page and a later one. The store is filled in SQL, month by month: with `--folder`, what is filled stays there, and the next run
 * goes on where the last one was. Its chain is not one that verifies. Uses DATABASE_URL, else starts the embedded PostgreSQL.
 */
import { parseArgs } from 'node:util';
import type { Database } from '#platform/data/database.ts';
import { listRecords } from '#platform/data/read/list.ts';
import { parseListQuery } from '#platform/data/read/query.ts';
import { isList, parseObject } from '#platform/kernel/json.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import { loadStandard } from '#platform/metadata/load.ts';
import { moduleSchema } from '#platform/metadata/module-schema.ts';
import { indexSchema, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import { customerOf, fillEvents, HEAVY, recordOfCourse, SELDOM } from './event-store-filled.ts';
import { median } from './load.ts';
import { withEventStore } from './event-store-database.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '10000000' },
    months: { type: 'string', default: '24' },
    rounds: { type: 'string', default: '15' },
    folder: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});
const PAGE = { fields: 'id,position,time,type,source,subject,object,record,actor', sort: '-time', limit: 50 };
/** The later page is so many pages behind the first. */
const LATER = 20;
const AIM_MS = 500;

await withEventStore(values.folder, async ({ database, client }) => {
  const span = await fillEvents(client, { events: Number(values.events), months: Number(values.months) });
  const schema = indexSchema(moduleSchema((await loadStandard('metadata')).objects, 'audit', 1));
  await measure({ database, schema }, span);
});

type Asking = { readonly database: Database; readonly schema: SchemaIndex };
type Filter = { readonly [name: string]: unknown };
type Asked = typeof PAGE & { readonly filter: Filter; readonly cursor?: string };
type Span = Awaited<ReturnType<typeof fillEvents>>;

/** What is looked for, as the explorer asks for it. */
function searches({ first, last, courses }: Span): readonly (readonly [string, Filter])[] {
  const at = (share: number): string => new Date(first + (last - first) * share).toISOString();
  const about = (id: string): Filter => ({ about: id });
  const within = (from: number, to: number): readonly Filter[] => [{ time: { gte: at(from) } }, { time: { lt: at(to) } }];
  const day = 86_400_000 / (last - first);
  return [
    ['everything, newest first', {}],
    ['a document, and what names it', about(recordOfCourse(Math.floor(courses * 0.4)))],
    ['a customer, and what names it', about(customerOf(7))],
    ['a customer whom a twentieth of all name', about(HEAVY.customer)],
    ['a record that a tenth of all events name', about(HEAVY.priceList)],
    ['a record that nothing names', about('00000000-0000-4000-8000-000000000000')],
    ['a document, only its own events', { record: recordOfCourse(Math.floor(courses * 0.4)) }],
    ['a frequent type', { type: 'OfferUpdated' }],
    ['a type of a hundred events', { type: SELDOM.type }],
    ['a type that there is not', { type: 'NothingHappened' }],
    ['a service, a fifth of all', { actor: 'service:orders' }],
    ['a person of a few events', { actor: SELDOM.actor }],
    ['nobody', { actor: 'user:00000000-0000-4000-8000-000000000000' }],
    ['a course', { correlation: `course-${Math.floor(courses * 0.7)}` }],
    ['a day in the middle', { and: within(0.5, 0.5 + day) }],
    ['a month long ago', { and: within(0.05, 0.05 + 30 * day) }],
    ['before there was anything', { time: { lt: '2010-01-01T00:00:00Z' } }],
    ['type and person, both frequent', { and: [{ type: 'OfferUpdated' }, { actor: HEAVY.actor }] }],
    ['type and service that never meet', { and: [{ type: 'OfferCreated' }, { actor: 'service:accounting' }] }],
    ['type, person and a month', { and: [{ type: 'OfferUpdated' }, { actor: HEAVY.actor }, ...within(0.3, 0.3 + 30 * day)] }],
    ['person of a few events, in a month', { and: [{ actor: SELDOM.actor }, ...within(0.3, 0.3 + 30 * day)] }],
    ['that customer and a type', { and: [about(HEAVY.customer), { type: 'InvoiceIssued' }] }],
    ['that customer and a seldom type', { and: [about(HEAVY.customer), { type: SELDOM.type }] }],
    ['that customer in a month', { and: [about(HEAVY.customer), ...within(0.3, 0.3 + 30 * day)] }],
    ['a record that a tenth name, in a day', { and: [about(HEAVY.priceList), ...within(0.3, 0.3 + day)] }],
  ];
}

async function measure(asking: Asking, span: Span): Promise<void> {
  await ask(asking, { ...PAGE, filter: { type: 'TheConnectionIsOpen' } });
  for (const [what, filter] of searches(span).filter(([name]) => name.includes(values.only))) {
    const first = await timed(asking, { ...PAGE, filter });
    let cursor = first.next;
    for (let page = 1; page < LATER && cursor !== null; page += 1) cursor = (await ask(asking, { ...PAGE, filter, cursor })).next;
    const later = cursor === null ? null : await timed(asking, { ...PAGE, filter, cursor });
    const longest = Math.max(first.longest, later?.longest ?? 0);
    console.log(
      `${what.padEnd(42)} ${figures(first)}   ${later ? figures(later) : ''.padEnd(30)} ${String(first.found).padStart(3)} found${longest > AIM_MS ? '   SLOW' : ''}`,
    );
  }
}

type Answer = { readonly found: number; readonly next: string | null };
type Timed = Answer & { readonly cold: number; readonly median: number; readonly longest: number };

/** The first one is told by itself: it reads from the disk, and is planned. */
async function timed(asking: Asking, body: Asked): Promise<Timed> {
  const times: number[] = [];
  let answer: Answer = { found: 0, next: null };
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const from = performance.now();
    answer = await ask(asking, body);
    times.push(performance.now() - from);
  }
  return { ...answer, cold: times[0] ?? 0, median: median(times), longest: Math.max(...times) };
}

async function ask({ database, schema }: Asking, body: Asked): Promise<Answer> {
  // As the explorer does: what happened to a record, or names it, is asked for by that record.
  const object = schema.byName.get(JSON.stringify(body.filter).includes('"about"') ? 'event_of_record' : 'event');
  if (!object) throw new Error('The audit has no such object.');
  const source = { schema, caller: systemCaller('audit'), query: database.read };
  const { items, next } = parseObject(await listRecords(source, object, parseListQuery(body, 'body')));
  return { found: isList(items) ? items.length : 0, next: typeof next === 'string' ? next : null };
}

function figures({ cold, median: middle, longest }: Timed): string {
  return `${cold.toFixed(0).padStart(5)} first ${middle.toFixed(0).padStart(5)} median ${longest.toFixed(0).padStart(5)} most ms`;
}
