import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { eventually } from '#tests/support/eventually.ts';
import { needed, redisUrl, skipReason } from '#tests/support/services.ts';
import { openTcpProxy } from '#tests/support/tcp-proxy.ts';
import type { Cache } from './cache.ts';
import { openMemoryCache } from './memory-cache.ts';
import { openRedisCache } from './redis-cache.ts';

const redis = redisUrl();
const opened: Cache[] = [];
after(() => Promise.all(opened.map((cache) => cache.close())));

async function ready(cache: Cache): Promise<Cache> {
  opened.push(cache);
  await eventually('it is connected', async () => cache.state().connected);
  return cache;
}

const redisCache = (prefix: string, url = needed(redis)): Promise<Cache> => ready(openRedisCache({ url, prefix }));
const freshPrefix = (): string => `test:${randomUUID()}:`;

const TWINS = [
  { name: 'in memory', skip: false as const, open: () => ready(openMemoryCache()) },
  { name: 'in Redis', skip: skipReason(redis), open: () => redisCache(freshPrefix()) },
];

for (const { name, skip, open } of TWINS) {
  describe(`The cache ${name}`, { skip }, () => {
    test('gives back what was put in, null too, and nothing for what was not', async () => {
      const cache = await open();
      await cache.set('a', { roles: ['sales'] }, 60);
      await cache.set('nothing', null, 60);
      assert.deepEqual(await cache.get('a'), { roles: ['sales'] });
      assert.equal(await cache.get('nothing'), null);
      assert.equal(await cache.get('b'), undefined);
    });

    test('forgets when told, and when the time is over', async () => {
      const cache = await open();
      await cache.set('a', 1, 60);
      await cache.remove('a');
      assert.equal(await cache.get('a'), undefined);
      await cache.set('short', 1, 0.05);
      await eventually('its time is over', async () => (await cache.get('short')) === undefined);
    });
  });
}

describe('The cache that processes share', { skip: skipReason(redis) }, () => {
  test('what one puts in the other finds; what one removes the other forgets, though it had it in its memory', async () => {
    const prefix = freshPrefix();
    const [one, other] = [await redisCache(prefix), await redisCache(prefix)];
    await one.set('caller', { name: 'Ana' }, 60);
    assert.deepEqual(await other.get('caller'), { name: 'Ana' });
    await one.remove('caller');
    await eventually('the other forgets', async () => (await other.get('caller')) === undefined);
  });

  test('a Redis that is away is a miss and no error, and what was removed meanwhile does not come back with it', async () => {
    const target = new URL(needed(redis));
    const proxy = await openTcpProxy({ host: target.hostname, port: Number(target.port || 6379) });
    const prefix = freshPrefix();
    const [far, near] = [await redisCache(prefix, `redis://127.0.0.1:${proxy.port}`), await redisCache(prefix)];
    await near.set('caller', { name: 'Ana' }, 60);
    for (let n = 0; n < 5; n += 1) await far.set(`other ${n}`, n, 60);
    assert.deepEqual(await far.get('caller'), { name: 'Ana' });
    proxy.down(true);
    proxy.cut();
    await eventually('it notices', async () => !far.state().connected);
    assert.equal(await far.get('somebody else'), undefined);
    assert.equal(await far.get('other 3'), 3);
    await far.remove('caller');
    assert.equal(await far.get('caller'), undefined);
    proxy.down(false);
    await eventually('it is back', async () => far.state().connected);
    await eventually('the removal arrives', async () => (await near.get('caller')) === undefined);
    assert.equal(await far.get('caller'), undefined);
    await far.close();
    await proxy.close();
  });
});
