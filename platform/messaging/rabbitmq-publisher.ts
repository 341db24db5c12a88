import type { ChannelModel, ConfirmChannel } from 'amqplib';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { openLink } from './rabbitmq-link.ts';
import { declareExchanges, type Names } from './rabbitmq-topology.ts';
import { topicOf } from './topic.ts';

/** How to publish. `deadline`: milliseconds until the broker must have confirmed. */
export type PublisherOptions = {
  readonly url: string;
  readonly name: string;
  readonly names: Names;
  readonly deadline: number;
  /** What to do with an event that no queue takes: count it, or have it published again until one does. */
  readonly unrouted: 'accept' | 'refuse';
  readonly onProblem: (error: unknown) => void;
};

/** Publishes with confirms. */
export type Publisher = {
  readonly publish: (events: readonly PlatformEvent[]) => Promise<void>;
  readonly state: () => {
    readonly connected: boolean;
    readonly blocked: string | null;
    readonly lastError: string | null;
    readonly unrouted: number;
  };
  readonly close: () => Promise<void>;
};

/** Opens a publisher on a connection of its own: a broker that blocks publishers must not hold up the consumers' answers. */
export async function openPublisher(options: PublisherOptions): Promise<Publisher> {
  const returned = new Set<string>();
  let channel: ConfirmChannel | null = null;
  let unrouted = 0;
  const setup = async (model: ChannelModel): Promise<void> => {
    const fresh = await model.createConfirmChannel();
    fresh.on('error', options.onProblem);
    fresh.on('return', (message) => returned.add(String(message.properties.messageId)));
    fresh.on('close', () => {
      if (channel === fresh) link.renew(new Error('The publishing channel was closed.'));
    });
    await declareExchanges(fresh, options.names);
    returned.clear();
    channel = fresh;
  };
  const link = await openLink({
    url: options.url,
    name: `${options.name} publisher`,
    setup,
    onLost: () => (channel = null),
    onProblem: options.onProblem,
  });

  /** The broker returns an unroutable message before it confirms it: both, because a confirm alone says nothing about queues. */
  const confirmed = (event: PlatformEvent): void => {
    if (!returned.delete(event.id)) return;
    unrouted += 1;
    if (options.unrouted === 'refuse') throw new Error(`No queue takes ${topicOf(event)}.`);
  };

  const publish = async (events: readonly PlatformEvent[]): Promise<void> => {
    const { blocked } = link.state();
    if (blocked) throw new Error(`RabbitMQ is blocked: ${blocked}`);
    if (!channel) throw new Error('RabbitMQ is not connected.');
    try {
      await within(options.deadline, publishAll(channel, { exchange: options.names.exchange, events, confirmed }));
    } catch (error) {
      if (error instanceof DeadlineExceeded) {
        channel = null;
        link.renew(error);
      }
      throw error;
    }
  };

  return Object.freeze({
    publish,
    state: () => ({ ...link.state(), connected: channel !== null, unrouted }),
    close: async () => {
      channel = null;
      await link.close();
    },
  });
}

type Outgoing = {
  readonly exchange: string;
  readonly events: readonly PlatformEvent[];
  readonly confirmed: (event: PlatformEvent) => void;
};

function publishAll(channel: ConfirmChannel, { exchange, events, confirmed }: Outgoing): Promise<void> {
  return new Promise((resolve, reject) => {
    let open = events.length;
    const answer = (event: PlatformEvent, error: unknown): void => {
      try {
        if (error) throw error;
        confirmed(event);
        open -= 1;
        if (open === 0) resolve();
      } catch (failure) {
        reject(failure);
      }
    };
    if (open === 0) resolve();
    for (const event of events) {
      const properties = {
        persistent: true,
        mandatory: true,
        messageId: event.id,
        type: event.type,
        contentType: 'application/cloudevents+json',
      };
      channel.publish(exchange, topicOf(event), Buffer.from(JSON.stringify(event)), properties, (error: unknown) => answer(event, error));
    }
  });
}

class DeadlineExceeded extends Error {
  constructor(milliseconds: number) {
    super(`RabbitMQ did not confirm within ${milliseconds} ms.`);
    this.name = 'DeadlineExceeded';
  }
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const deadline = Promise.withResolvers<void>();
  const timer = setTimeout(() => deadline.reject(new DeadlineExceeded(milliseconds)), milliseconds);
  try {
    await Promise.race([work, deadline.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
