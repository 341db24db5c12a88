import type { ChannelModel, ConfirmChannel } from 'amqplib';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { openLink, type Link } from './rabbitmq-link.ts';
import { messageIdOf } from './rabbitmq-message.ts';
import { declareExchanges, queueOf, type Names } from './rabbitmq-topology.ts';
import { topicOf } from './topic.ts';
import { DeadlineExceeded, within } from './within.ts';

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
  /** Into the queue of one service, past the exchange. Rejects when there is no such queue. */
  readonly resend: (consumer: string, events: readonly PlatformEvent[]) => Promise<void>;
  readonly state: () => ReturnType<Link['state']> & { readonly unrouted: number };
  readonly close: () => Promise<void>;
};

/** A publisher at work. `returned`: ids of messages that no queue took and whose confirm is still to come. */
type Publishing = PublisherOptions & {
  readonly returned: Set<string>;
  channel: ConfirmChannel | null;
  unroutedCount: number;
};

/** Opens a publisher on a connection of its own: a broker that blocks publishers must not hold up the consumers' answers. */
export async function openPublisher(options: PublisherOptions): Promise<Publisher> {
  const publishing: Publishing = { ...options, returned: new Set(), channel: null, unroutedCount: 0 };
  const link = await openLink({
    url: options.url,
    name: `${options.name} publisher`,
    setup: (model) => openChannel(publishing, model, () => link.renew(new Error('The publishing channel was closed.'))),
    onLost: () => (publishing.channel = null),
    onProblem: options.onProblem,
  });
  return Object.freeze({
    publish: (events: readonly PlatformEvent[]) =>
      publish(publishing, link, (channel) =>
        events.map((event) => publishOne(publishing, channel, { event, ...wayOf(publishing, event) })),
      ),
    resend: (consumer: string, events: readonly PlatformEvent[]) => {
      const way = { exchange: '', key: queueOf(options.names, consumer), unrouted: 'refuse' as const };
      return publish(publishing, link, (channel) => events.map((event) => publishOne(publishing, channel, { event, ...way })));
    },
    state: () => ({ ...link.state(), connected: publishing.channel !== null, unrouted: publishing.unroutedCount }),
    close: async () => {
      publishing.channel = null;
      await link.close();
    },
  });
}

async function openChannel(publishing: Publishing, model: ChannelModel, onClosed: () => void): Promise<void> {
  const channel = await model.createConfirmChannel();
  channel.on('error', publishing.onProblem);
  channel.on('return', (message) => publishing.returned.add(messageIdOf(message)));
  channel.on('close', () => {
    if (publishing.channel === channel) onClosed();
  });
  await declareExchanges(channel, publishing.names);
  publishing.returned.clear();
  publishing.channel = channel;
}

/** An event, where it goes, and what to do when no queue takes it. */
type Letter = { readonly event: PlatformEvent; readonly exchange: string; readonly key: string; readonly unrouted: 'accept' | 'refuse' };

function wayOf({ names, unrouted }: Publishing, event: PlatformEvent): Omit<Letter, 'event'> {
  return { exchange: names.exchange, key: topicOf(event), unrouted };
}

async function publish(publishing: Publishing, link: Link, send: (channel: ConfirmChannel) => readonly Promise<void>[]): Promise<void> {
  const { blocked } = link.state();
  if (blocked) throw new Error(`RabbitMQ is blocked: ${blocked}`);
  const { channel } = publishing;
  if (!channel) throw new Error('RabbitMQ is not connected.');
  try {
    await within(publishing.deadline, Promise.all(send(channel)));
  } catch (error) {
    if (error instanceof DeadlineExceeded) {
      publishing.channel = null;
      link.renew(error);
    }
    throw error;
  }
}

async function publishOne(publishing: Publishing, channel: ConfirmChannel, letter: Letter): Promise<void> {
  const { event, exchange, key } = letter;
  const properties = {
    persistent: true,
    mandatory: true,
    messageId: event.id,
    type: event.type,
    contentType: 'application/cloudevents+json',
  };
  const confirmed = Promise.withResolvers<void>();
  channel.publish(exchange, key, Buffer.from(JSON.stringify(event)), properties, (error: unknown) => {
    if (error) confirmed.reject(error instanceof Error ? error : new Error('RabbitMQ refused it.', { cause: error }));
    else confirmed.resolve();
  });
  await confirmed.promise;
  refuseUnrouted(publishing, letter);
}

/** The broker returns an unroutable message before it confirms it: both, because a confirm alone says nothing about queues. */
function refuseUnrouted(publishing: Publishing, { event, key, unrouted }: Letter): void {
  if (!publishing.returned.delete(event.id)) return;
  publishing.unroutedCount += 1;
  if (unrouted === 'refuse') throw new Error(`No queue takes ${key}.`);
}
