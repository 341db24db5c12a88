import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { openBroker, skip, type Broker } from './broker.fixture.ts';
import type { Bus } from './bus.ts';
import { eventOf, until } from './fixture.ts';

describe('RabbitMQ that has lost what it kept for a subscriber', { skip }, () => {
  let broker: Broker;
  before(async () => (broker = await openBroker()));
  after(() => broker.close());
  beforeEach(() => broker.renew());

  test('a subscriber is told when its queue or its bindings were gone, and only then', async () => {
    const bus = await broker.open({ look: 50 });
    const seen: string[] = [];
    let told = 0;
    let refusals = 0;
    await bus.subscribe({
      consumer: 'orders',
      patterns: ['offers.OfferCreated'],
      handle: async (event) => void seen.push(event.subject),
      reject: async () => undefined,
      missed: async () => {
        told += 1;
        if (refusals-- > 0) throw new Error('It cannot be noted down now.');
      },
    });
    assert.equal(told, 1, 'the first time it has had nothing');
    const arrives = (subject: string): Promise<void> =>
      until(async () => {
        await bus.publish([eventOf(subject)]).catch(() => undefined);
        return seen.includes(subject);
      }, 20_000);
    broker.proxy.cut();
    await arrives('offer/reconnected');
    assert.equal(told, 1, 'a new connection loses nothing');

    await broker.operate(async (channel) => {
      await channel.deleteExchange(broker.names().exchange);
      await channel.assertExchange(broker.names().exchange, 'topic', { durable: true });
    });
    await until(() => told === 2, 20_000);
    await arrives('offer/bound');
    await broker.operate((channel) => channel.unbindQueue(broker.queue('orders'), broker.names().exchange, 'offers.OfferCreated'));
    await arrives('offer/bound again');
    assert.equal(told, 2);

    refusals = 1;
    await broker.operate((channel) => channel.deleteQueue(broker.queue('orders')));
    await until(() => told === 4, 20_000);
    await arrives('offer/queued');
    broker.proxy.cut();
    await arrives('offer/last');
    assert.equal(told, 4, 'again after it could not note it down, and not once more');
  });

  test('of two replicas that lose their bindings at least one is told, and soon neither is any more', async () => {
    let told = 0;
    let seen = 0;
    const join = async (): Promise<Bus> => {
      const bus = await broker.open({ look: 50 });
      await bus.subscribe({
        consumer: 'orders',
        patterns: ['offers.*'],
        handle: async () => void (seen += 1),
        reject: async () => undefined,
        missed: async () => void (told += 1),
      });
      return bus;
    };
    const [first] = [await join(), await join()];
    for (let round = 0; round < 3; round += 1) {
      const known = told;
      await broker.operate((channel) => channel.deleteExchange(broker.names().exchange));
      await until(() => told > known, 20_000);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      const settled = told;
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.equal(told, settled);
      assert.ok(told - known <= 6, `${told - known} times`);
      const earlier = seen;
      await until(async () => {
        await first.publish([eventOf(`offer/${round}`)]).catch(() => undefined);
        return seen > earlier;
      }, 20_000);
    }
  });
});
