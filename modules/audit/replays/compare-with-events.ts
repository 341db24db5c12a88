import type { Replay } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import type { LongJobContext, LongJobProgress } from '#platform/kernel/long-job.ts';
import type { RecordValues, Work } from '#platform/kernel/module.ts';
import { differencesIn, type Difference } from './differences.ts';

const LIVE_PAGE = 500;
/** More than a page of live ones, so that usually one look at the shadow covers it. */
const TOLD_PAGE = 1_000;
/** So many differences are kept one by one; how many there are is counted. */
const DIFFERENCES_MOST = 200;
/** An event comes so long after what it tells of, mostly: then what differs is looked at once more. */
const LATE_MS = 1_000;
const YOUNG_MS = 60_000;

/** Where the records are, and what tells of them. `records`: how many there are, about. */
type Kind = {
  readonly object: string;
  readonly types: readonly string[];
  readonly path: string;
  readonly service: string;
  readonly records: number;
};

/** How far it is: the events up to `position` are in the shadow; records up to the id `after` are compared, those behind it are on the page of `cursor`, which is null when there are none. */
type Place = {
  readonly upTo: string;
  readonly position: string;
  readonly events: number;
  readonly records: number;
  readonly differences: number;
  readonly after: string | null;
  readonly cursor: string | null;
};

/**
 * Rebuilds the records of an object from their events, in the database, and compares them with the live ones, page by page along their ids. Live records are read after the events; where something differs, what
 * was told since is taken into account before it counts.
 */
export async function compareWithEvents(job: LongJobContext, { id, object }: Replay): Promise<Partial<Replay>> {
  const kind = await kindOf(job, plainText(object));
  let at = (await goOn(job, id)) ?? (await beginning(job, id));
  while (BigInt(at.position) < BigInt(at.upTo)) at = await rebuiltFurther(job, { id, kind }, at);
  while (at.cursor !== null) at = await comparedFurther(job, { id, kind }, at);
  return { state: at.differences === 0 ? 'done' : 'different', events: at.events, records: at.records, found: at.differences };
}

async function kindOf(job: LongJobContext, object: string): Promise<Kind> {
  const described: unknown = await job.ask('platform', `/objects/${encodeURIComponent(object)}`);
  const { module, collection } = isRecord(described) ? described : {};
  const [service, path] = [plainText(module), `/${plainText(collection)}`];
  const pascal = object.replaceAll(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const counted: unknown = await job.ask(service, `${path}?limit=1&fields=id&count=estimated`);
  const records = isRecord(counted) ? Number(counted['count'] ?? 0) : 0;
  return { object, types: ['Created', 'Updated', 'Deleted'].map((verb) => `${pascal}${verb}`), service, path, records };
}

type Comparing = { readonly id: string; readonly kind: Kind };

/** Where it was interrupted; null where it begins anew, as there was nothing or the server has lost it. */
async function goOn(job: LongJobContext, id: string): Promise<Place | null> {
  const { checkpoint } = job;
  if (!isRecord(checkpoint) || !(await job.begin((work) => work.eventStore.shadow(id).isWhole()))) return null;
  const text = (name: string): string | null => (checkpoint[name] === null ? null : plainText(checkpoint[name]));
  return {
    upTo: plainText(checkpoint['upTo']),
    position: plainText(checkpoint['position']),
    events: Number(checkpoint['events']),
    records: Number(checkpoint['records']),
    differences: Number(checkpoint['differences']),
    after: text('after'),
    cursor: text('cursor'),
  };
}

async function beginning(job: LongJobContext, id: string): Promise<Place> {
  return job.begin(async (work) => {
    await work.eventStore.shadow(id).open();
    await work.save('replay', { id, differences: [] });
    const { position: upTo } = await work.eventStore.end();
    return { upTo, position: '0', events: 0, records: 0, differences: 0, after: null, cursor: '' };
  });
}

/** One portion of events, into the shadow. */
async function rebuiltFurther(job: LongJobContext, { id, kind }: Comparing, at: Place): Promise<Place> {
  let next = at;
  await job.step(async (work) => {
    next = await rebuilt(work, { id, kind }, at);
    return progressOf(next, kind);
  });
  return next;
}

async function rebuilt(work: Work, { id, kind: { object, types } }: Comparing, at: Place): Promise<Place> {
  const { last, events } = await (await wholeShadow(work, id)).rebuild({ object, types, after: at.position, upTo: at.upTo });
  return { ...at, position: last, events: at.events + events };
}

/** One page of live records, or as much of it as the shadow has a page for. */
async function comparedFurther(job: LongJobContext, comparing: Comparing, before: Place): Promise<Place> {
  const page = await livePage(job, comparing.kind, before);
  let at = before;
  let look = await lookAt(job, comparing, { at, page });
  if (look.found.length > 0 && at.differences < DIFFERENCES_MOST) {
    await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    at = await caughtUp(job, comparing, at);
    look = await lookAt(job, comparing, { at, page });
  }
  const { found, upTo, isPart, compared } = look;
  const next = {
    ...at,
    records: at.records + compared,
    differences: at.differences + found.length,
    after: upTo,
    cursor: isPart ? at.cursor : page.next,
  };
  await job.step(async (work) => {
    await keep(work, comparing.id, { found, known: at.differences });
    return progressOf(next, comparing.kind);
  });
  return next;
}

type LivePage = { readonly items: readonly RecordValues[]; readonly next: string | null };

async function livePage(job: LongJobContext, { service, path }: Kind, { cursor }: Place): Promise<LivePage> {
  const asked = new URLSearchParams({ sort: 'id', limit: String(LIVE_PAGE), ...(cursor ? { cursor } : {}) });
  const page: unknown = await job.ask(service, `${path}?${asked.toString()}`);
  const { items, next } = isRecord(page) ? page : {};
  return { items: isList(items) ? items.filter(isRecord) : [], next: typeof next === 'string' ? next : null };
}

/** What a look at both has found, of the records up to `upTo`; `isPart` where the shadow has more between there and the end of the page. */
type Look = { readonly found: readonly Difference[]; readonly compared: number; readonly upTo: string | null; readonly isPart: boolean };

function lookAt(job: LongJobContext, { id }: Comparing, { at, page }: { at: Place; page: LivePage }): Promise<Look> {
  const end = page.next === null ? null : plainText(page.items.at(-1)?.['id']);
  return job.begin(async (work) => {
    const told = await (await wholeShadow(work, id)).page({ after: at.after, upTo: end, limit: TOLD_PAGE });
    const isPart = told.length === TOLD_PAGE;
    const upTo = isPart ? (told.at(-1)?.id ?? end) : end;
    const live = page.items.filter((item) => isWithin(plainText(item['id']), at.after, upTo));
    const youngest = new Date(Date.parse(work.now) - YOUNG_MS).toISOString();
    return { found: differencesIn({ live, told, youngest }), compared: live.length, upTo, isPart };
  });
}

function isWithin(id: string, after: string | null, upTo: string | null): boolean {
  return (after === null || id > after) && (upTo === null || id <= upTo);
}

/** Takes into account what was told since. */
async function caughtUp(job: LongJobContext, comparing: Comparing, before: Place): Promise<Place> {
  const { position: upTo } = await job.begin((work) => work.eventStore.end());
  let at: Place = { ...before, upTo };
  while (BigInt(at.position) < BigInt(at.upTo)) at = await rebuiltFurther(job, comparing, at);
  return at;
}

async function keep(work: Work, id: string, { found, known }: { found: readonly Difference[]; known: number }): Promise<void> {
  if (found.length === 0) return;
  const { differences } = await work.lock<Replay>('replay', id);
  const kept = isList(differences) ? differences : [];
  await work.save('replay', { id, differences: [...kept, ...found].slice(0, DIFFERENCES_MOST), found: known + found.length });
}

function progressOf(at: Place, { records }: Kind): LongJobProgress {
  const done = Number(at.position) + at.records;
  return { done, total: Math.max(done, Number(at.upTo) + records), checkpoint: { ...at } };
}

/** The shadow, if it is whole; else the job begins anew. */
async function wholeShadow(work: Work, id: string): Promise<ReturnType<Work['eventStore']['shadow']>> {
  const shadow = work.eventStore.shadow(id);
  if (await shadow.isWhole()) return shadow;
  throw new Refusal('database_unreachable', {
    en: 'The database server has lost what was rebuilt so far. It is rebuilt from the beginning.',
    de: 'Der Datenbankserver hat verloren, was schon nachgebaut war. Es wird von vorn nachgebaut.',
  });
}
