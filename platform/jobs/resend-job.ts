import type { Database } from '#platform/data/database.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { Bus } from '#platform/messaging/bus.ts';
import { outboxSince, rereadOutbox } from '#platform/messaging/outbox.ts';
import { matches, topicOf } from '#platform/messaging/topic.ts';
import { enqueue } from '#platform/data/new-job.ts';
import type { JobContext, Runner } from './runner.ts';

const KIND = 'resend';
const PAGE = 200;

/** Which events to send again: all since a time, to everybody or to one service, of some topics or of all. */
export type Resend = { readonly since: string; readonly consumer?: string; readonly patterns?: readonly string[] };

/** Makes a job that sends events again, and answers its id. */
export async function askResend(database: Database, resend: Resend, by: string): Promise<string> {
  return (await enqueue(database, { kind: KIND, input: { ...resend }, by })) ?? '';
}

/** Sends a service's events again, beside those of the moment. Who has had them knows them by their ids. */
export function resendRunner(service: { database: Database; module: string; bus: Pick<Bus, 'publish' | 'resend'> }): Runner {
  return {
    kind: KIND,
    isLong: true,
    run: async (job) => {
      const { since, consumer, patterns } = resendOf(job.input);
      let at = positionOf(job.checkpoint) ?? { ...(await outboxSince(service.database, since)), done: 0 };
      for (let after: string | null = at.after; after !== null;) {
        const page = await rereadOutbox(service.database, { after, upTo: at.upTo, limit: PAGE }, service.module);
        const wanted = page.events.filter((event) => matches(patterns, topicOf(event)));
        const sent = consumer === undefined ? service.bus.publish(wanted) : service.bus.resend(consumer, wanted);
        await sent.catch(refuseAway);
        after = page.next;
        at = { ...at, after: after ?? at.upTo, done: at.done + wanted.length };
        await step(job, at);
      }
      return { events: at.done };
    },
  };
}

type Position = { readonly after: string; readonly upTo: string; readonly done: number };

function step(job: JobContext, at: Position): Promise<void> {
  return job.step(async () => ({ done: at.done, checkpoint: { ...at } }));
}

/** Whatever keeps the bus from taking events is over some time; until then the job waits. */
export function refuseAway(error: unknown): never {
  throw new Refusal('core_unreachable', `The events cannot be sent at the moment: ${error instanceof Error ? error.message : ''}`);
}

const ALL: readonly string[] = ['#'];

function resendOf(input: unknown): Required<Pick<Resend, 'since' | 'patterns'>> & Pick<Resend, 'consumer'> {
  const { since, consumer, patterns } = isRecord(input) ? input : {};
  return {
    since: String(since),
    patterns: Array.isArray(patterns) ? patterns.map(String) : ALL,
    ...(typeof consumer === 'string' ? { consumer } : {}),
  };
}

function positionOf(checkpoint: unknown): Position | null {
  if (!isRecord(checkpoint)) return null;
  return { after: String(checkpoint['after']), upTo: String(checkpoint['upTo']), done: Number(checkpoint['done']) };
}
