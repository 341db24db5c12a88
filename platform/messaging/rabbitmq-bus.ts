import type { ChannelModel } from 'amqplib';
import type { Bus, Subscriber, Subscription } from './bus.ts';
import { openLink } from './rabbitmq-link.ts';
import { openPublisher } from './rabbitmq-publisher.ts';
import { makeSubscription, type RabbitmqSubscription } from './rabbitmq-subscription.ts';
import { STANDARD_NAMES, type Names } from './rabbitmq-topology.ts';

/** How to reach the broker. `name` is what its operators see the connections as. */
export type RabbitmqBusOptions = {
  readonly url: string;
  readonly name: string;
  readonly names?: Names;
  /** Milliseconds until a publish must be confirmed, at most 10,000. */
  readonly deadline?: number;
  readonly prefetch?: number;
  /**
   * An event that no queue takes. `accept` (the default) counts it in the state: most events interest nobody, and a queue once declared
   * outlives its service. `refuse` keeps it in the outbox until a queue takes it: right where a service that takes everything, such as
   * audit, is part of the installation, because then a return means that its queue is missing.
   */
  readonly unrouted?: 'accept' | 'refuse';
  readonly onProblem?: (error: unknown) => void;
};

const DEADLINE_MOST = 10_000;

/**
 * The bus of the distributed shape: topic exchange `events`, one quorum queue per service. Opens at once and connects by itself, now
 * and after every loss; meanwhile publishes are refused, so that events stay in the outbox.
 */
export async function openRabbitmqBus(options: RabbitmqBusOptions): Promise<Bus> {
  const names = options.names ?? STANDARD_NAMES;
  const onProblem = options.onProblem ?? (() => undefined);
  const subscriptions = new Set<RabbitmqSubscription>();
  let model: ChannelModel | null = null;
  const publisher = await openPublisher({
    url: options.url,
    name: options.name,
    names,
    deadline: Math.min(options.deadline ?? DEADLINE_MOST, DEADLINE_MOST),
    unrouted: options.unrouted ?? 'accept',
    onProblem,
  });
  const link = await openLink({
    url: options.url,
    name: `${options.name} consumer`,
    setup: async (fresh) => {
      for (const subscription of subscriptions) await subscription.attach(fresh);
      model = fresh;
    },
    onLost: () => {
      model = null;
      for (const subscription of subscriptions) subscription.detach();
    },
    onProblem,
  });

  const subscribe = async (subscriber: Subscriber): Promise<Subscription> => {
    const prefetch = options.prefetch === undefined ? {} : { prefetch: options.prefetch };
    const subscription = makeSubscription(subscriber, { names, renew: link.renew, onProblem, ...prefetch });
    subscriptions.add(subscription);
    try {
      if (model) await subscription.attach(model);
    } catch (error) {
      subscriptions.delete(subscription);
      throw error;
    }
    const stop = async (): Promise<void> => {
      subscriptions.delete(subscription);
      await subscription.stop();
    };
    return Object.freeze({ update: subscription.update, stop });
  };

  return Object.freeze({
    publish: publisher.publish,
    subscribe,
    state: () => {
      const [out, into] = [publisher.state(), link.state()];
      return {
        kind: 'rabbitmq' as const,
        connected: out.connected && into.connected,
        blocked: out.blocked,
        unrouted: out.unrouted,
        lastError: out.lastError ?? into.lastError,
      };
    },
    stop: async () => {
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
      await Promise.all([link.close(), publisher.close()]);
    },
  });
}
