import type { Event, Replay } from '#metadata/records.gen.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { LongJobContext } from '#platform/kernel/long-job.ts';
import { trusted } from '#platform/kernel/seam.ts';

const PAGE = 200;

/** Consumers know what they have had by its id: what they lack is handled, all else does nothing. */
export async function deliver(job: LongJobContext, { consumer, from, until }: Replay): Promise<Partial<Replay>> {
  const [first, last] = [BigInt(from ?? '1'), BigInt(until ?? '0')];
  let { after, events } = placeOf(job.checkpoint) ?? { after: String(first - 1n), events: 0 };
  for (let isOver = false; !isOver;) {
    const filter = { position: { gt: after, lte: String(last) } };
    const page = await job.begin((work) => work.query<Event>('event', { filter, sort: 'position', limit: PAGE }));
    await job.deliver(plainText(consumer), page.map(asSent));
    events += page.length;
    after = page.at(-1)?.position ?? String(last);
    isOver = page.length < PAGE;
    const checkpoint = { after, events };
    await job.step(() => Promise.resolve({ done: events, total: Number(last - first) + 1, checkpoint }));
  }
  return { state: 'done', events };
}

function placeOf(checkpoint: unknown): { after: string; events: number } | null {
  return isRecord(checkpoint) ? { after: plainText(checkpoint['after']), events: Number(checkpoint['events']) } : null;
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
