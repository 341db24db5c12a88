import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const database = testDatabaseUrl();
const WRITERS = 32;
/** People pause between two requests; without it the test would measure how many requests one process can take. */
const PAUSE_MILLISECONDS = 150;

describe('Writers and the administrator at the same time', { skip: skipReason(database) }, () => {
  let installation: Installation;
  let customerId = '';
  before(async () => {
    installation = await startInstallation();
    const made = await installation.admin.post('/api/customers/customers', { name: 'Acme' });
    customerId = made.body.id;
  });
  after(() => installation.stop());

  test('32 writers go on while fields are added, renamed, retired, restored, indexed, made unique and dropped: no request fails', async () => {
    const { admin } = installation;
    const offers = await Promise.all(
      Array.from({ length: WRITERS }, (_, at) => admin.post('/api/offers/offers', { customerId, subject: `Offer ${at}` })),
    );
    const stop = new AbortController();
    const failures: string[] = [];
    let written = 0;
    const write = async (id: string): Promise<void> => {
      for (let round = 0; !stop.signal.aborted; round += 1) {
        const answers = [
          await admin.patch(`/api/offers/offers/${id}`, { subject: `Round ${round}` }),
          await admin.get('/api/offers/offers?limit=3'),
          await admin.post('/api/offers/offers', { customerId }),
        ];
        written += 2;
        await sleep(PAUSE_MILLISECONDS);
        failures.push(...answers.filter(({ status }) => status >= 300).map(({ status, body }) => `${status} ${JSON.stringify(body)}`));
      }
    };
    const writers = offers.map((offer) => write(offer.body.id));
    const refusals = await changeEverything(admin);
    stop.abort();
    await Promise.all(writers);
    assert.deepEqual(refusals, []);
    assert.deepEqual(failures.slice(0, 3), []);
    assert.ok(written > WRITERS, `${written} writes`);
  });
});

/** What an administrator may do to fields; what was refused of it. */
async function changeEverything(admin: Client): Promise<readonly string[]> {
  const fields = '/api/platform/objects/offer/fields';
  const refusals: string[] = [];
  const done = async (what: string, asked: Promise<Answer>): Promise<void> => {
    const { status, body } = await asked;
    if (status >= 300) refusals.push(`${what}: ${status} ${JSON.stringify(body)}`);
  };
  await done('add', admin.post(fields, { name: 'colour', label: 'Colour', type: 'text' }));
  await done('rename', admin.patch(`${fields}/colour`, { name: 'paint' }));
  await done('index', admin.patch(`${fields}/paint`, { indexed: true }));
  await done('make unique', admin.patch(`${fields}/paint`, { unique: true }));
  await done('retire', admin.delete(`${fields}/paint`));
  await done('restore', admin.post(`${fields}/paint/restore`));
  await done('drop', admin.delete(`${fields}/paint?permanent=true`));
  await done('add once more', admin.post(fields, { name: 'colour', label: 'Colour', type: 'integer', indexed: true }));
  return refusals;
}
