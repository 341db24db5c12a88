import { randomUUID } from 'node:crypto';
import { connect, type Channel, type ChannelModel } from 'amqplib';
import { openTcpProxy, type TcpProxy } from '#tests/support/tcp-proxy.ts';
import type { Bus } from './bus.ts';
import { until } from './fixture.ts';
import { openRabbitmqBus, type RabbitmqBusOptions } from './rabbitmq-bus.ts';
import type { Names } from './rabbitmq-topology.ts';

const BROKER = process.env['TEST_RABBITMQ_URL'] ?? 'amqp://guest:guest@127.0.0.1:5672';
const admin: ChannelModel | null = await connect(BROKER, { timeout: 2_000 }).catch(() => null);

/** Why tests of RabbitMQ cannot run here, or false. */
export const skip = admin ? false : 'No RabbitMQ answers here.';

/** A broker behind a wire that can be cut, for one test file: each test has exchanges and queues of its own. */
export type Broker = {
  readonly proxy: TcpProxy;
  readonly names: () => Names;
  readonly queue: (consumer: string) => string;
  /** A bus on the wire, connected. */
  readonly open: (options?: Partial<RabbitmqBusOptions>) => Promise<Bus>;
  /** Does something as its operator, past the wire. */
  readonly operate: (act: (channel: Channel) => Promise<unknown>) => Promise<void>;
  /** Stops all buses, removes what they declared, and takes new names. */
  readonly renew: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Opens the wire. */
export async function openBroker(): Promise<Broker> {
  const { hostname, port } = new URL(BROKER);
  const proxy = await openTcpProxy({ host: hostname, port: Number(port || 5672) });
  let names = freshNames();
  let buses: Bus[] = [];
  const queue = (consumer: string): string => `${names.queues}.${consumer}`;
  const operate: Broker['operate'] = async (act) => {
    const channel = await admin?.createChannel();
    if (!channel) return;
    await act(channel);
    await channel.close();
  };
  const renew = async (): Promise<void> => {
    await Promise.all(buses.map((bus) => bus.stop()));
    buses = [];
    await operate(async (channel) => {
      for (const one of ['orders', 'invoices', 'orders.dead', 'invoices.dead']) await channel.deleteQueue(queue(one));
      for (const exchange of [names.exchange, `${names.exchange}.dead`]) await channel.deleteExchange(exchange);
    });
    names = freshNames();
  };
  const open: Broker['open'] = async (options = {}) => {
    const url = Object.assign(new URL(BROKER), { hostname: '127.0.0.1', port: String(proxy.port) });
    const bus = await openRabbitmqBus({ url: url.href, name: 'test', names, ...options });
    buses.push(bus);
    await until(() => bus.state().connected);
    return bus;
  };
  const close = async (): Promise<void> => {
    await renew();
    await proxy.close();
    await admin?.close();
  };
  return { proxy, names: () => names, queue, open, operate, renew, close };
}

function freshNames(): Names {
  const run = randomUUID().slice(0, 8);
  return { exchange: `test.${run}.events`, queues: `test.${run}` };
}
