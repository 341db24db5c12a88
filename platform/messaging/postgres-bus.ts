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
    const handed = takersOf(listeners, events);
    unrouted += handed.unrouted;
    await settled([...handed.events].flatMap(([listener, own]) => handAll(listener, own, delivery))).catch(failed);
  };

  const resend = async (consumer: string, events: readonly PlatformEvent[]): Promise<void> => {
    const listener = [...listeners].find((one) => one.subscriber.consumer === consumer);
    if (!listener) throw new Error(`Nobody here takes events as ${consumer}.`);
    const taken = events.filter((event) => matches(listener.patterns, topicOf(event)));
    await settled(handAll(listener, taken, FIRST)).catch(failed);
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

/** Who takes which events, in their order, and how many nobody takes. */
function takersOf(
  listeners: ReadonlySet<Listener>,
  events: readonly PlatformEvent[],
): { readonly events: ReadonlyMap<Listener, readonly PlatformEvent[]>; readonly unrouted: number } {
  const takers = new Map<string, readonly Listener[]>();
  const handed = new Map<Listener, PlatformEvent[]>();
  let unrouted = 0;
  for (const event of events) {
    const topic = topicOf(event);
    const known = takers.get(topic) ?? [...listeners].filter((listener) => matches(listener.patterns, topic));
    takers.set(topic, known);
    if (known.length === 0) unrouted += 1;
    for (const listener of known) {
      const own = handed.get(listener);
      if (own) own.push(event);
      else handed.set(listener, [event]);
    }
  }
  return { events: handed, unrouted };
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

/** Hands events to a listener: together those that may be, as long as none of their subject is under way, and all others one by one. */
function handAll(listener: Listener, events: readonly PlatformEvent[], delivery: Delivery): readonly Promise<void>[] {
  const { lanes, subscriber } = listener;
  const subjects = new Set<string>();
  const together: PlatformEvent[] = [];
  const alone: PlatformEvent[] = [];
  for (const event of events) {
    const isFirst = !delivery.redelivered && !subjects.has(event.subject) && !lanes.isTaken(event.subject);
    (isFirst && subscriber.together?.takes(event) === true ? together : alone).push(event);
    subjects.add(event.subject);
  }
  const many = together.length > 0 ? [handTogether(listener, together, delivery)] : [];
  return [...many, ...alone.map((event) => hand(listener, event, delivery))];
}

function handTogether(listener: Listener, events: readonly PlatformEvent[], delivery: Delivery): Promise<void> {
  const { lanes, subscriber } = listener;
  return lanes.together(
    events.map(({ subject }) => subject),
    async (giveWay) => {
      refuseClosed(listener);
      if ((await subscriber.together?.handle(events)) === true) return;
      const each = events.map(async (event) => {
        const leave = (): void => giveWay(event.subject);
        await subscriber.handle(event, { ...delivery, giveWay: leave }).finally(leave);
      });
      await settled(each);
    },
  );
}

function hand(listener: Listener, event: PlatformEvent, delivery: Delivery): Promise<void> {
  return listener.lanes.run(event.subject, async (giveWay) => {
    refuseClosed(listener);
    await listener.subscriber.handle(event, { ...delivery, giveWay });
  });
}

function refuseClosed({ open, subscriber }: Listener): void {
  if (!open) throw new Error(`${subscriber.consumer} takes no more events.`);
}
