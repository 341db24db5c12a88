import assert from 'node:assert/strict';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { startGateway } from '#platform/gateway/proxy.ts';
import { BODY_BYTES_MAX, PRIVATE_HEADERS } from '#platform/gateway/routes.ts';
import { freePort } from '#tests/support/ports.ts';

const MEGABYTE = 1024 * 1024;
const LARGE = 20 * MEGABYTE;

describe('The gateway in Node', () => {
  let service: Server;
  let gateway: { readonly stop: () => Promise<void> };
  let url = '';
  let heard: IncomingHttpHeaders = {};
  let bytes = 0;
  let goOn = (): void => undefined;
  before(async () => {
    const [port, servicePort, deadPort] = [await freePort(), await freePort(), await freePort()];
    service = createServer((incoming, answer) => {
      heard = incoming.headers;
      bytes = 0;
      incoming.on('data', (part: Buffer) => (bytes += part.length));
      if (incoming.url === '/api/offers/stream') {
        answer.writeHead(200, { 'content-type': 'text/event-stream' });
        answer.write('data: first\n\n');
        goOn = () => answer.end('data: last\n\n');
        return;
      }
      incoming.on('end', () => answer.end(incoming.url === '/api/offers/large' ? Buffer.alloc(LARGE, 'x') : 'heard'));
    });
    await new Promise<void>((resolve) => service.listen(servicePort, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${port}`;
    gateway = await startGateway({
      host: '127.0.0.1',
      port,
      urlOf: (name) => `http://127.0.0.1:${name === 'customers' ? deadPort : servicePort}`,
      isReady: async () => false,
    });
  });
  after(async () => {
    service.closeAllConnections();
    service.close();
    await gateway.stop();
  });

  test('tells no service what only we may say, and gives every request a correlation', async () => {
    const claimed = Object.fromEntries(PRIVATE_HEADERS.map((name) => [name, 'claimed']));
    const answer = await fetch(`${url}/api/offers/offers`, {
      headers: { ...claimed, 'x-forwarded-for': '6.6.6.6', forwarded: 'for=6.6.6.6' },
    });
    assert.equal(await answer.text(), 'heard');
    for (const name of PRIVATE_HEADERS) assert.equal(heard[name.toLowerCase()], undefined, name);
    assert.doesNotMatch(JSON.stringify(heard), /6\.6\.6\.6/);
    assert.equal(heard['x-correlation-id'], answer.headers.get('x-correlation-id'));
    await (await fetch(`${url}/api/offers/offers`, { headers: { 'x-correlation-id': 'known-to-the-caller' } })).text();
    assert.equal(heard['x-correlation-id'], 'known-to-the-caller');
  });

  test('answers for a service that is away: 503, a problem, and when to ask again', async () => {
    const answer = await fetch(`${url}/api/customers/customers`);
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '2']);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    const problem: unknown = await answer.json();
    assert.match(JSON.stringify(problem), /"code":"core_unreachable".*The service customers cannot be reached/);
    assert.deepEqual([(await fetch(`${url}/healthz`)).status, (await fetch(`${url}/readyz`)).status], [200, 503]);
  });

  test('refuses what is larger than any service takes before it is sent', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'content-length': String(BODY_BYTES_MAX + 1), 'content-type': 'application/json' };
      const asked = request(`${url}/api/offers/files`, { method: 'POST', headers }, (answer) => {
        resolve(answer.statusCode);
        asked.destroy();
      });
      asked.on('error', reject);
      asked.flushHeaders();
    });
    assert.equal(status, 413);
  });

  test('hides what is for operators, and knows no way around the routes', async () => {
    for (const path of ['/metrics', '/internal/x', '/api/offers/internal/fit', '/API/../metrics'])
      assert.equal((await fetch(`${url}${path}`)).status, 404, path);
  });

  test('passes events on as they come, and large bodies both ways', { timeout: 30_000 }, async () => {
    const stream = await fetch(`${url}/api/offers/stream`);
    const reader = stream.body?.getReader();
    const first = await reader?.read();
    assert.equal(Buffer.from(first?.value ?? []).toString(), 'data: first\n\n');
    goOn();
    assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), 'data: last\n\n');
    assert.equal((await (await fetch(`${url}/api/offers/large`)).arrayBuffer()).byteLength, LARGE);
    await (await fetch(`${url}/api/offers/files`, { method: 'POST', body: Buffer.alloc(LARGE, 'y') })).text();
    assert.equal(bytes, LARGE);
  });
});
