import { createServer } from 'node:http';
import { modulesWith } from '#modules/index.ts';
import { declaredEvents } from '#platform/core/declared-events.ts';
import type { Module } from '#platform/kernel/module.ts';
import { freePort } from './ports.ts';

/** A register of VAT numbers that answers as the Commission's does, in the shapes of its published interface, and the modules that ask it. */
export type Vies = { readonly url: string; readonly modules: readonly Module[]; readonly stop: () => Promise<void> };

/** Knows these numbers by their answer; `MS_UNAVAILABLE` is a country that does not answer, any other number is not valid. */
export async function startVies(known: { readonly [number: string]: { name: string; address: string } | 'MS_UNAVAILABLE' }): Promise<Vies> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const { countryCode, vatNumber, requesterMemberStateCode, requesterNumber } = JSON.parse(body);
      const requestIdentifier = requesterNumber ? `WAPI-${requesterMemberStateCode}${requesterNumber}` : '';
      const found = known[`${countryCode}${vatNumber}`];
      const answer =
        found === 'MS_UNAVAILABLE'
          ? { actionSucceed: false, errorWrappers: [{ error: 'MS_UNAVAILABLE' }] }
          : {
              countryCode,
              vatNumber,
              requestDate: new Date().toISOString(),
              requestIdentifier,
              valid: found !== undefined,
              ...(found ?? { name: '---', address: '---' }),
            };
      response.writeHead(request.url === '/check-vat-number' ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    modules: modulesWith({ viesUrl: url, publicUrl: 'http://127.0.0.1:9', eventsOf: declaredEvents, keyFor: () => new Uint8Array(32) }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
