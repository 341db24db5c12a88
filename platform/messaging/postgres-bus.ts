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

  const publish = async (events: readonly PlatformEvent[], delivery = FIRST): Promise<void> => {
    const handed = events.flatMap((event) => {
      const topic = topicOf(event);
      const takers = [...listeners].filter((listener) => matches(listener.patterns, topic));
      if (takers.length === 0) unrouted += 1;
      return takers.map((listener) => hand(listener, event, delivery));
    });
    const failed = (await Promise.allSettled(handed)).find((result) => result.status === 'rejected');
    if (!failed) return;
    lastError = String(failed.reason);
    throw failed.reason;
  };

  const subscribe = async (subscriber: Subscriber): Promise<Subscription> => {
    const listener: Listener = { subscriber, lanes: openLanes(), patterns: subscriber.patterns, open: true };
    listeners.add(listener);
    return Object.freeze({
      update: async (patterns: readonly string[]) => {
        listener.patterns = patterns;
      },
      stop: () => close(listener),
    });
  };

  const close = async (listener: Listener): Promise<void> => {
    listener.open = false;
    await listener.lanes.drained();
    listeners.delete(listener);
  };

  return Object.freeze({
    publish,
    subscribe,
    state: () => ({ kind: 'postgres' as const, connected: true, blocked: null, unrouted, lastError }),
    stop: async () => {
      await Promise.all([...listeners].map(close));
    },
  });
}

function hand(listener: Listener, event: PlatformEvent, delivery: Delivery): Promise<void> {
  return listener.lanes.run(event.subject, async () => {
    if (!listener.open) throw new Error(`${listener.subscriber.consumer} takes no more events.`);
    await listener.subscriber.handle(event, delivery);
  });
}
