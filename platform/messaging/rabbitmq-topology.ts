import type { Channel } from 'amqplib';

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
