import type { Bus } from '#platform/messaging/bus.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { openPostgresBus } from '#platform/messaging/postgres-bus.ts';

/** A bus as bad as a bus may be, and what it has done so far. */
export type ShuffledBus = Bus & { readonly delivered: () => number };

/** Of what it has so many wait for a later delivery: every third. */
const HELD_SHARE = 3;
const HELD_MILLISECONDS = 150;

/**
 * Delivers every event twice and in any order, over the bounds of batches too: what "at least once" allows. A scenario that ends as it
 * would in order has handlers that deserve it. The order follows from the seed, so that a failure can be seen again:
 *
 *   const installation = await startInstallation({ bus: openShuffledBus(7) });
 */
export function openShuffledBus(seed: number): ShuffledBus {
  const inner = openPostgresBus();
  const random = generator(seed);
  let held: readonly PlatformEvent[] = [];
  let delivered = 0;
  let timer: NodeJS.Timeout | undefined;

  const send = async (events: readonly PlatformEvent[]): Promise<void> => {
    await inner.publish(events);
    delivered += events.length;
  };
  const release = (): void => {
    const events = held;
    held = [];
    // What a handler cannot take now comes again, as from every bus.
    send(events).catch(() => {
      held = [...held, ...events];
      later();
    });
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(release, HELD_MILLISECONDS).unref();
  };
  const publish = async (events: readonly PlatformEvent[]): Promise<void> => {
    const all = shuffled([...held, ...events, ...events], random);
    const split = Math.floor(all.length / HELD_SHARE);
    held = all.slice(0, split);
    later();
    await send(all.slice(split));
  };
  return Object.freeze({
    ...inner,
    publish,
    delivered: () => delivered,
    stop: async () => {
      clearTimeout(timer);
      await inner.stop();
    },
  });
}

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

/** Numbers from 0 to 1 that look random and are the same for the same seed (a linear congruence modulo 2³²). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
