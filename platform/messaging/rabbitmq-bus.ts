import type { ChannelModel } from 'amqplib';
import type { Bus, BusState, Subscriber, Subscription } from './bus.ts';
import { openLink, type Link } from './rabbitmq-link.ts';
import { openPublisher, type Publisher } from './rabbitmq-publisher.ts';
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
  /** Milliseconds between two looks of a subscription at its bindings. */
  readonly look?: number;
  /**
   * An event that no queue takes. `accept` (the default) counts it in the state: most events interest nobody, and a queue once declared
   * outlives its service. `refuse` keeps it in the outbox until a queue takes it: right where a service that takes everything, such as
   * audit, is part of the installation, because then a return means that its queue is missing.
   */
  readonly unrouted?: 'accept' | 'refuse';
  readonly onProblem?: (error: unknown) => void;
};

const DEADLINE_MOST = 10_000;

/** A bus at work; `model` is the consumers' connection while there is one. */
type Open = RabbitmqBusOptions & {
  readonly names: Names;
  readonly onProblem: (error: unknown) => void;
  readonly subscriptions: Set<RabbitmqSubscription>;
  model: ChannelModel | null;
};

/**
 * The bus of the distributed shape: topic exchange `events`, one quorum queue per service. Opens at once and connects by itself, now
 * and after every loss; meanwhile publishes are refused, so that events stay in the outbox.
 */
export async function openRabbitmqBus(options: RabbitmqBusOptions): Promise<Bus> {
  const bus: Open = {
    ...options,
    names: options.names ?? STANDARD_NAMES,
    onProblem: options.onProblem ?? (() => undefined),
    subscriptions: new Set(),
    model: null,
  };
  const deadline = Math.min(options.deadline ?? DEADLINE_MOST, DEADLINE_MOST);
  const publisher = await openPublisher({ ...bus, deadline, unrouted: options.unrouted ?? 'accept' });
  const link = await openConsumerLink(bus);
  return Object.freeze({
    publish: publisher.publish,
    resend: publisher.resend,
    subscribe: (subscriber: Subscriber) => subscribe(bus, link, subscriber),
    state: () => stateOf(publisher, link),
    stop: async () => {
      await Promise.all([...bus.subscriptions].map((subscription) => subscription.stop()));
      await Promise.all([link.close(), publisher.close()]);
    },
  });
}

function openConsumerLink(bus: Open): Promise<Link> {
  return openLink({
    url: bus.url,
    name: `${bus.name} consumer`,
    setup: async (fresh) => {
      for (const subscription of bus.subscriptions) await subscription.attach(fresh);
      bus.model = fresh;
    },
    onLost: () => {
      bus.model = null;
      for (const subscription of bus.subscriptions) subscription.detach();
    },
    onProblem: bus.onProblem,
  });
}

async function subscribe(bus: Open, link: Link, subscriber: Subscriber): Promise<Subscription> {
  const { names, onProblem, prefetch, look, subscriptions } = bus;
  const subscription = makeSubscription(subscriber, {
    names,
    renew: link.renew,
    onProblem,
    ...(prefetch === undefined ? {} : { prefetch }),
    ...(look === undefined ? {} : { look }),
  });
  subscriptions.add(subscription);
  // A connection that breaks just now is no reason not to subscribe: the next one attaches what is in the set.
  if (bus.model) await subscription.attach(bus.model).catch(link.renew);
  const stop = async (): Promise<void> => {
    subscriptions.delete(subscription);
    await subscription.stop();
  };
  return Object.freeze({ update: subscription.update, stop });
}

function stateOf(publisher: Publisher, link: Link): BusState {
  const [out, into] = [publisher.state(), link.state()];
  return {
    kind: 'rabbitmq',
    connected: out.connected && into.connected,
    blocked: out.blocked,
    unrouted: out.unrouted,
    lastError: out.lastError ?? into.lastError,
  };
}
