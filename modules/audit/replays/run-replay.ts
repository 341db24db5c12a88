import type { Event, Replay } from '#metadata/records.gen.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { LongJob, LongJobContext } from '#platform/kernel/long-job.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { liveRecords } from '../checks/live-records.ts';
import { eachEvent } from '../checks/stored-events.ts';
import { differenceOf, missingOf, rebuild, type Difference, type Shadow } from './shadow.ts';

const PAGE = 200;
const DIFFERENCES_MOST = 200;

/** Delivers events again, or rebuilds records beside the live ones and compares. */
export const runReplay: LongJob = {
  name: 'runReplay',
  run: async (job) => {
    const id = isRecord(job.input) ? plainText(job.input['replay']) : '';
    const replay = await job.begin((work) => work.lock<Replay>('replay', id));
    if (replay.state !== 'running') return null;
    const outcome = replay.kind === 'deliver' ? await deliver(job, replay) : await compare(job, replay);
    await job.begin((work) => work.save('replay', { id, endedAt: work.now, ...outcome }));
    return { replay: id };
  },
};

type Outcome = Partial<Omit<Replay, 'differences'>> & { readonly differences?: readonly Difference[] };

/** Consumers know what they have had by its id: what they lack is handled, all else does nothing. */
async function deliver(job: LongJobContext, { consumer, from, until }: Replay): Promise<Outcome> {
  const [first, last] = [BigInt(from ?? '1'), BigInt(until ?? '0')];
  let after = first - 1n;
  let events = 0;
  for (let isOver = false; !isOver;) {
    const filter = { position: { gt: String(after), lte: String(last) } };
    const page = await job.begin((work) => work.query<Event>('event', { filter, sort: 'position', limit: PAGE }));
    await job.deliver(plainText(consumer), page.map(asSent));
    events += page.length;
    after = BigInt(page.at(-1)?.position ?? last);
    isOver = page.length < PAGE;
    await job.step(() => Promise.resolve({ done: events, total: Number(last - first) + 1, checkpoint: null }));
  }
  return { state: 'done', events };
}

/** An event as it was sent, but for what was erased from it since. */
function asSent(event: Event): PlatformEvent {
  return {
    specversion: '1.0',
    id: event.id,
    source: event.source,
    type: event.type,
    subject: event.subject,
    time: event.time,
    datacontenttype: 'application/json',
    data: trusted<PlatformEvent['data']>(event.data),
    actor: event.actor,
    correlationid: event.correlation,
    ...(event.causation ? { causationid: event.causation } : {}),
    ...(event.workDate ? { workdate: event.workDate } : {}),
    objectversion: event.objectVersion,
    metadataversion: Number(event.metadataVersion),
  };
}

/** Live records are read after the events: what has changed between is newer than its shadow, and not compared. */
async function compare(job: LongJobContext, { object }: Replay): Promise<Outcome> {
  const name = plainText(object);
  const described: unknown = await job.ask('platform', `/objects/${encodeURIComponent(name)}`);
  const { module, collection } = isRecord(described) ? described : {};
  const pascal = name.replaceAll(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const shadow: Shadow = new Map();
  const types = ['Created', 'Updated', 'Deleted'].map((verb) => `${pascal}${verb}`);
  const events = await eachEvent(job, { types, since: null }, (event) => rebuild(shadow, event));
  const differences: Difference[] = [];
  let records = 0;
  for await (const live of liveRecords(job, { service: plainText(module), collection: plainText(collection), query: { sort: 'id' } })) {
    records += 1;
    const found = differenceOf(shadow, live);
    if (found) differences.push(found);
  }
  differences.push(...missingOf(shadow));
  const state = differences.length === 0 ? 'done' : 'different';
  return { state, events, records, differences: differences.slice(0, DIFFERENCES_MOST) };
}
