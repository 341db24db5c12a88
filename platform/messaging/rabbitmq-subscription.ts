import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import type { Subscriber, Unreadable } from './bus.ts';
import { parseEvent } from './envelope.ts';
import { openLanes } from './lanes.ts';
import { pause } from './pause.ts';
import { declareQueues, type Names } from './rabbitmq-topology.ts';
import { matches, topicOf } from './topic.ts';

/** Unanswered messages that the broker hands out at once. */
const PREFETCH = 50;

/** How long a message that cannot be handled now waits before it goes back to its queue. */
const RETURN_AFTER = 1_000;

/** One service's queue, consumed over whatever connection there is. */
export type RabbitmqSubscription = {
  /** Declares the queues on a new connection and begins to consume. */
  readonly attach: (model: ChannelModel) => Promise<void>;
  readonly detach: () => void;
  readonly update: (patterns: readonly string[]) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** A channel with its consumers. The lanes outlive it, so that the order per subject holds over a reconnect. */
type Attached = { readonly channel: Channel; readonly queue: string; readonly tags: readonly string[] };

/** Makes a subscription. `renew` is called when its channel breaks: the link then gives it a new one. */
export function makeSubscription(
  subscriber: Subscriber,
  options: { names: Names; prefetch?: number; renew: (reason: unknown) => void; onProblem: (error: unknown) => void },
): RabbitmqSubscription {
  const lanes = openLanes();
  const stopping = new AbortController();
  let patterns = subscriber.patterns;
  let attached: Attached | null = null;

  const attach = async (model: ChannelModel): Promise<void> => {
    if (stopping.signal.aborted) return;
    const channel = await model.createChannel();
    const broken = (reason: unknown): void => {
      if (attached?.channel !== channel) return;
      attached = null;
      if (!stopping.signal.aborted) options.renew(reason);
    };
    channel.on('error', options.onProblem);
    channel.on('close', () => broken(new Error(`The channel of ${subscriber.consumer} was closed.`)));
    const { queue, dead } = await declareQueues(channel, options.names, { consumer: subscriber.consumer, patterns });
    await channel.prefetch(options.prefetch ?? PREFETCH);
    const on = (from: string, take: (message: ConsumeMessage) => Promise<void>) =>
      channel.consume(from, (message) => {
        if (message) void answer(channel, message, () => take(message));
        else broken(new Error(`The queue ${from} is gone.`));
      });
    const tags = [await on(queue, (message) => takeMessage(channel, message)), await on(dead, takeDead)].map((reply) => reply.consumerTag);
    attached = { channel, queue, tags };
  };

  const answer = async (channel: Channel, message: ConsumeMessage, take: () => Promise<void>): Promise<void> => {
    try {
      await take();
      send(() => channel.ack(message));
    } catch (error) {
      options.onProblem(error);
      await pause(RETURN_AFTER, stopping.signal);
      send(() => channel.nack(message, false, true));
    }
  };

  /** Answers of a channel that has gone are void: the broker delivers its messages again. */
  const send = (reply: () => void): void => {
    try {
      reply();
    } catch (error) {
      options.onProblem(error);
    }
  };

  const takeMessage = async (channel: Channel, message: ConsumeMessage): Promise<void> => {
    const parsed = parseEvent(message.content.toString('utf8'));
    if ('problem' in parsed) return subscriber.reject(unreadable(message, parsed.problem));
    const { event } = parsed;
    if (!matches(patterns, topicOf(event))) return;
    await lanes.run(event.subject, async () => {
      if (attached && attached.channel !== channel) return;
      await subscriber.handle(event, { redelivered: message.fields.redelivered });
    });
  };

  const takeDead = (message: ConsumeMessage): Promise<void> =>
    subscriber.reject(unreadable(message, 'RabbitMQ delivered it again and again and never got an answer.'));

  const update = async (wanted: readonly string[]): Promise<void> => {
    const before = patterns;
    patterns = wanted;
    if (!attached) return;
    const { channel, queue } = attached;
    for (const pattern of wanted.filter((each) => !before.includes(each))) await channel.bindQueue(queue, options.names.exchange, pattern);
    for (const pattern of before.filter((each) => !wanted.includes(each)))
      await channel.unbindQueue(queue, options.names.exchange, pattern);
  };

  const stop = async (): Promise<void> => {
    stopping.abort();
    if (attached) await Promise.all(attached.tags.map((tag) => attached?.channel.cancel(tag))).catch(options.onProblem);
    await lanes.drained();
    await attached?.channel.close().catch(options.onProblem);
  };

  return Object.freeze({ attach, detach: () => void (attached = null), update, stop });
}

function unreadable(message: ConsumeMessage, reason: string): Unreadable {
  const { messageId, type, contentType } = message.properties;
  const headers = {
    routingKey: message.fields.routingKey,
    messageId,
    type,
    contentType,
    headers: JSON.stringify(message.properties.headers ?? {}),
  };
  const known = Object.entries(headers).filter(([, value]) => value !== undefined);
  return {
    body: message.content.toString('utf8'),
    reason,
    headers: Object.fromEntries(known.map(([name, value]) => [name, String(value)])),
  };
}
