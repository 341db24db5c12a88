import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { openServiceClient } from '#platform/access/service-client.ts';
import { openServiceTokens } from '#platform/access/service-token.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import { globalSearchRoute } from './global-search.ts';

const objectOf = (name: string, module: string): ObjectDefinition =>
  trusted({
    id: name,
    name,
    module,
    state: 'active',
    titleField: 'name',
    access: {},
    fields: [{ id: `${name}.name`, name: 'name', type: 'text', column: 'name', state: 'active', label: { en: 'Name' } }],
  });

/** Enough for whoever answers, on a machine that is busy with other tests. */
const MILLISECONDS = 5_000;

describe('A search over services', () => {
  const heard: string[] = [];
  let prompt: Server;
  let silent: Server;

  before(async () => {
    prompt = createServer((request, response) => {
      heard.push(`${request.url} ${request.headers.authorization}`);
      const rank = request.url?.includes('customers') ? 2 : 0;
      const object = request.url?.includes('customers') ? 'customer' : 'offer';
      response.end(JSON.stringify({ groups: [{ object, items: [{ rank, id: 'x', title: object }] }], late: ['note'] }));
    }).listen(0, '127.0.0.1');
    silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await Promise.all([prompt, silent].map((server) => new Promise((resolve) => server.once('listening', resolve))));
  });
  after(() => {
    for (const server of [prompt, silent]) {
      server.closeAllConnections();
      server.close();
    }
  });

  const portOf = (server: Server): number => trusted<AddressInfo>(server.address()).port;

  test('waits for none that is silent, asks with the credential of the caller, and orders groups by their best', async () => {
    const tokens = openServiceTokens('a secret of tests, long enough to be one', 'platform');
    const client = openServiceClient({
      tokens,
      urlOf: (service) => `http://127.0.0.1:${portOf(service === 'orders' ? silent : prompt)}`,
    });
    const objects = [objectOf('customer', 'customers'), objectOf('order', 'orders'), objectOf('offer', 'offers')];
    const route = globalSearchRoute({ state: async () => trusted({ objects, version: 1 }) }, client, MILLISECONDS);
    const caller = systemCaller('platform');
    const { body } = await route.handler({
      caller,
      params: {},
      query: { q: ' a b ' },
      headers: { cookie: 'tessera_session=tss_1' },
      body: undefined,
    });
    const { groups, late } = trusted<{ groups: unknown; late: readonly string[] }>(body);
    assert.deepEqual(late.toSorted(), ['note', 'note', 'orders']);
    assert.deepEqual(groups, [
      { object: 'offer', items: [{ rank: 0, id: 'x', title: 'offer' }] },
      { object: 'customer', items: [{ rank: 2, id: 'x', title: 'customer' }] },
    ]);
    assert.deepEqual(heard.toSorted(), [
      '/api/customers/search?q=a+b&limit=5 Bearer tss_1',
      '/api/offers/search?q=a+b&limit=5 Bearer tss_1',
    ]);
  });
});
