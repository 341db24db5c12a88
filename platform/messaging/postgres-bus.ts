import type { PlatformEvent } from '#platform/kernel/event.ts';
import type { Bus, Delivery, Subscriber, Subscription } from './bus.ts';
import { openLanes, type Lanes } from './lanes.ts';
import { matches, topicOf } from './topic.ts';

/** A subscriber in this process: its patterns may change, its lanes keep the order per subject. */
type Listener = { readonly subscriber: Subscriber; readonly lanes: Lanes; patterns: readonly string[]; open: boolean };

const FIRST: Delivery = { redelivered: false };

/**
 * The bus of the embedded shape. The outbox is the queue: relays read it, this bus hands what they read to the subscribers of
 * this process, and `publish` resolves only when each of them is done, so that the relay's cursor never passes an unhandled event.
 * A subscriber must therefore be there before the relays start: what was published without it does not come again.
 */
export function openPostgresBus(): Bus {
  const listeners = new Set<Listener>();
  let unrouted = 0;
  let lastError: string | null = null;
  const failed = (error: unknown): never => {
    lastError = String(error);
    throw error;
  };

  const publish = async (events: readonly PlatformEvent[], delivery = FIRST): Promise<void> => {
    const known = new Map<string, readonly Listener[]>();
    const handed = events.flatMap((event) => {
      const topic = topicOf(event);
      const takers = known.get(topic) ?? [...listeners].filter((listener) => matches(listener.patterns, topic));
      known.set(topic, takers);
      if (takers.length === 0) unrouted += 1;
      return takers.map((listener) => hand(listener, event, delivery));
    });
    await settled(handed).catch(failed);
  };

  const resend = async (consumer: string, events: readonly PlatformEvent[]): Promise<void> => {
    const listener = [...listeners].find((one) => one.subscriber.consumer === consumer);
    if (!listener) throw new Error(`Nobody here takes events as ${consumer}.`);
    const taken = events.filter((event) => matches(listener.patterns, topicOf(event)));
    await settled(taken.map((event) => hand(listener, event, FIRST))).catch(failed);
  };

  const subscribe = async (subscriber: Subscriber): Promise<Subscription> => {
    const listener: Listener = { subscriber, lanes: openLanes(), patterns: subscriber.patterns, open: true };
    listeners.add(listener);
    return Object.freeze({
      update: async (patterns: readonly string[]) => {
        listener.patterns = patterns;
      },
      stop: () => close(listener).then(() => void listeners.delete(listener)),
    });
  };

  return Object.freeze({
    publish,
    resend,
    subscribe,
    state: () => ({ kind: 'postgres' as const, connected: true, blocked: null, unrouted, lastError }),
    stop: async () => {
      await Promise.all([...listeners].map(close));
    },
  });
}

/** Waits for all, and throws what the first one threw. */
async function settled(handed: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(handed)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

async function close(listener: Listener): Promise<void> {
  listener.open = false;
  await listener.lanes.drained();
}

function hand(listener: Listener, event: PlatformEvent, delivery: Delivery): Promise<void> {
  return listener.lanes.run(event.subject, async (giveWay) => {
    if (!listener.open) throw new Error(`${listener.subscriber.consumer} takes no more events.`);
    await listener.subscriber.handle(event, { ...delivery, giveWay });
  });
}
