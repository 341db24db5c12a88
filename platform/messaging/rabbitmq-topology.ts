import type { Channel, ChannelModel } from 'amqplib';

/** Where events go. Tests give names of their own; everybody else leaves them out. */
export type Names = { readonly exchange: string; readonly queues: string };

/** The names of an installation: exchange `events`, a queue `tessera.<service>` and its `tessera.<service>.dead`. */
export const STANDARD_NAMES: Names = { exchange: 'events', queues: 'tessera' };

/**
 * Deliveries of one message that end without an answer (the process died, the channel broke) before the broker lays it aside.
 * Only the last resort: failures and crashes are counted by the consumer itself, because brokers count differently by version.
 */
const DELIVERIES_MOST = 20;

/** Declares the exchanges. Everything here may be declared again at any time: each connection does, so a broker that lost it all gets it back. */
export async function declareExchanges(channel: Channel, names: Names): Promise<void> {
  await channel.assertExchange(names.exchange, 'topic', { durable: true });
  await channel.assertExchange(`${names.exchange}.dead`, 'direct', { durable: true });
}

/** The queue of a service. */
export function queueOf(names: Names, consumer: string): string {
  return `${names.queues}.${consumer}`;
}

/** Declares a service's queue, bound to its patterns, and the queue of what the broker gave up on. Answers their names. */
export async function declareQueues(
  channel: Channel,
  names: Names,
  service: { consumer: string; patterns: readonly string[] },
): Promise<{ queue: string; dead: string }> {
  const queue = queueOf(names, service.consumer);
  const dead = `${queue}.dead`;
  await declareExchanges(channel, names);
  await channel.assertQueue(dead, {
    durable: true,
    arguments: { 'x-queue-type': 'quorum', 'x-single-active-consumer': true },
  });
  await channel.bindQueue(dead, `${names.exchange}.dead`, queue);
  await channel.assertQueue(queue, {
    durable: true,
    arguments: {
      'x-queue-type': 'quorum',
      'x-single-active-consumer': true,
      'x-delivery-limit': DELIVERIES_MOST,
      'x-overflow': 'reject-publish',
      'x-dead-letter-exchange': `${names.exchange}.dead`,
      'x-dead-letter-routing-key': queue,
      'x-dead-letter-strategy': 'at-least-once',
    },
  });
  for (const pattern of service.patterns) await channel.bindQueue(queue, names.exchange, pattern);
  return { queue, dead };
}

/**
 * The broker does not say whether bindings are there. A service's mark does: an exchange without messages that is bound to the exchange of
 * events and goes with its last binding. Whoever deletes that exchange, and with it the bindings of all queues, deletes the marks.
 */
export function markOf(names: Names, consumer: string): string {
  return `${queueOf(names, consumer)}.mark`;
}

/** Sets a service's mark: from here on, whatever is published reaches its queue for as long as the mark is there. */
export async function setMark(channel: Channel, names: Names, consumer: string): Promise<void> {
  const mark = markOf(names, consumer);
  await channel.assertExchange(mark, 'fanout', { durable: true, autoDelete: true, internal: true });
  await channel.bindExchange(names.exchange, mark, '');
}

/** Whether the queue and the bindings of a service are those that were declared before, asked on a channel of its own: a no closes it. */
export async function isIntact(model: ChannelModel, names: Names, consumer: string): Promise<boolean> {
  const channel = await model.createChannel();
  channel.on('error', () => undefined);
  try {
    await channel.checkQueue(queueOf(names, consumer));
    await channel.checkExchange(markOf(names, consumer));
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
  await channel.close();
  return true;
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 404;
}
