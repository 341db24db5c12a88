import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import type { Subscriber } from './bus.ts';
import { parseEvent } from './envelope.ts';
import { openLanes, type Lanes } from './lanes.ts';
import { pause } from './pause.ts';
import { unreadable } from './rabbitmq-message.ts';
import { declareQueues, isIntact, markOf, setMark, type Names } from './rabbitmq-topology.ts';
import { matches, topicOf } from './topic.ts';

/** Unanswered messages that the broker hands out at once. */
const PREFETCH = 50;

/** How long a message that cannot be handled now waits before it goes back to its queue. */
const RETURN_AFTER = 1_000;

/** How often a subscription looks whether its bindings are still there. */
const LOOK = 10_000;

/** One service's queue, consumed over whatever connection there is. */
export type RabbitmqSubscription = {
  /** Declares the queues on a new connection and begins to consume. */
  readonly attach: (model: ChannelModel) => Promise<void>;
  readonly detach: () => void;
  readonly update: (patterns: readonly string[]) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** How to consume. `renew` is called when the channel breaks: the link then gives the subscription a new one. */
export type SubscriptionOptions = {
  readonly names: Names;
  readonly prefetch?: number;
  /** Milliseconds between two looks at the bindings. */
  readonly look?: number;
  readonly renew: (reason: unknown) => void;
  readonly onProblem: (error: unknown) => void;
};

/** A channel with its consumers. */
type Attached = { readonly channel: Channel; readonly queue: string; readonly tags: readonly string[] };

/**
 * A subscription at work. The lanes outlive the channels, so that the order per subject holds over a reconnect. `answering` are the
 * messages that have no answer yet.
 */
type Taking = SubscriptionOptions & {
  readonly subscriber: Subscriber;
  readonly lanes: Lanes;
  readonly answering: Set<Promise<void>>;
  readonly stopping: AbortController;
  patterns: readonly string[];
  attached: Attached | null;
};

type Take = (message: ConsumeMessage) => Promise<void>;

/** Makes a subscription, not yet attached. */
export function makeSubscription(subscriber: Subscriber, options: SubscriptionOptions): RabbitmqSubscription {
  const taking: Taking = {
    ...options,
    subscriber,
    lanes: openLanes(),
    answering: new Set(),
    stopping: new AbortController(),
    patterns: subscriber.patterns,
    attached: null,
  };
  return Object.freeze({
    attach: (model: ChannelModel) => attach(taking, model),
    detach: () => void (taking.attached = null),
    update: (wanted: readonly string[]) => update(taking, wanted),
    stop: () => stop(taking),
  });
}

async function attach(taking: Taking, model: ChannelModel): Promise<void> {
  if (taking.stopping.signal.aborted) return;
  const { subscriber, patterns, names } = taking;
  const wasIntact = await isIntact(model, names, subscriber.consumer);
  const channel = await model.createChannel();
  channel.on('error', taking.onProblem);
  channel.on('close', () => broken(taking, channel, `The channel of ${subscriber.consumer} was closed.`));
  // The mark first: the queue may be gone and the mark not, and who ends before all is noted must find it missing.
  if (!wasIntact) await channel.deleteExchange(markOf(names, subscriber.consumer));
  const { queue, dead } = await declareQueues(channel, names, { consumer: subscriber.consumer, patterns });
  if (!wasIntact) {
    // Only now: what is published from here on arrives.
    await subscriber.missed?.();
    await setMark(channel, names, subscriber.consumer);
  }
  await channel.prefetch(taking.prefetch ?? PREFETCH);
  const tags = [
    await consume(taking, channel, { queue, take: (message) => takeMessage(taking, channel, message) }),
    await consume(taking, channel, { queue: dead, take: (message) => takeDead(taking, message) }),
  ];
  taking.attached = { channel, queue, tags };
  void watch(taking, channel);
}

/**
 * Nobody tells a consumer that its bindings have gone: it looks. A mark that is missing closes the channel, and the next attachment finds
 * out the same and does what is needed. Declaring all again mends what was removed alone, such as one binding.
 */
async function watch(taking: Taking, channel: Channel): Promise<void> {
  const { names, subscriber } = taking;
  const isOver = (): boolean => taking.attached?.channel !== channel || taking.stopping.signal.aborted;
  for (;;) {
    await pause(taking.look ?? LOOK, taking.stopping.signal);
    if (isOver()) return;
    try {
      await channel.checkExchange(markOf(names, subscriber.consumer));
      await declareQueues(channel, names, { consumer: subscriber.consumer, patterns: taking.patterns });
    } catch (error) {
      if (!isOver()) broken(taking, channel, `The bindings of ${subscriber.consumer} are gone: ${String(error)}`);
      return;
    }
  }
}

async function consume(taking: Taking, channel: Channel, { queue, take }: { queue: string; take: Take }): Promise<string> {
  const { consumerTag } = await channel.consume(queue, (message) => {
    if (!message) return broken(taking, channel, `The queue ${queue} is gone.`);
    const answered = answer(taking, channel, { message, take });
    taking.answering.add(answered);
    void answered.then(() => taking.answering.delete(answered));
  });
  return consumerTag;
}

function broken(taking: Taking, channel: Channel, reason: string): void {
  if (taking.attached?.channel !== channel) return;
  taking.attached = null;
  if (!taking.stopping.signal.aborted) taking.renew(new Error(reason));
}

async function answer(taking: Taking, channel: Channel, { message, take }: { message: ConsumeMessage; take: Take }): Promise<void> {
  try {
    await take(message);
    send(taking, () => channel.ack(message));
  } catch (error) {
    taking.onProblem(error);
    await pause(RETURN_AFTER, taking.stopping.signal);
    send(taking, () => channel.nack(message, false, true));
  }
}

/** Answers of a channel that has gone are void: the broker delivers its messages again. */
function send(taking: Taking, reply: () => void): void {
  try {
    reply();
  } catch (error) {
    taking.onProblem(error);
  }
}

async function takeMessage(taking: Taking, channel: Channel, message: ConsumeMessage): Promise<void> {
  const parsed = parseEvent(message.content.toString('utf8'));
  if ('problem' in parsed) return taking.subscriber.reject(unreadable(message, parsed.problem));
  const { event } = parsed;
  if (!matches(taking.patterns, topicOf(event))) return;
  await taking.lanes.run(event.subject, async (giveWay) => {
    if (taking.attached && taking.attached.channel !== channel) return;
    await taking.subscriber.handle(event, { redelivered: message.fields.redelivered, giveWay });
  });
}

function takeDead(taking: Taking, message: ConsumeMessage): Promise<void> {
  return taking.subscriber.reject(unreadable(message, 'RabbitMQ delivered it again and again and never got an answer.'));
}

/** Without a channel, or when it breaks meanwhile, the next one is bound to what is wanted by then. */
async function update(taking: Taking, wanted: readonly string[]): Promise<void> {
  const before = taking.patterns;
  taking.patterns = wanted;
  if (!taking.attached) return;
  const { exchange } = taking.names;
  const { channel, queue } = taking.attached;
  try {
    for (const pattern of wanted.filter((each) => !before.includes(each))) await channel.bindQueue(queue, exchange, pattern);
    for (const pattern of before.filter((each) => !wanted.includes(each))) await channel.unbindQueue(queue, exchange, pattern);
  } catch (error) {
    taking.onProblem(error);
    broken(taking, channel, `The queue ${queue} could not be bound.`);
  }
}

/** Takes no more messages, finishes those under way and answers them, then closes the channel. */
async function stop(taking: Taking): Promise<void> {
  taking.stopping.abort();
  const { attached, onProblem } = taking;
  if (attached) await Promise.all(attached.tags.map(async (tag) => attached.channel.cancel(tag))).catch(onProblem);
  await Promise.all(taking.answering);
  await attached?.channel.close().catch(onProblem);
}
