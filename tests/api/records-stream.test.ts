import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clientOf, type Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { defineSpecimens, keyFor, make, must, refusal, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
let installation: Installation;
let admin: Client;

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await defineSpecimens(admin);
});
let stopping: Promise<void> | undefined;
after(() => stopping ?? installation?.stop());

type Change = { readonly type: string; readonly object: string; readonly id: string; readonly version: number };

/** Follows a stream, and keeps what it tells. */
async function follow(client: Client, query = ''): Promise<{ told: Change[]; stop: () => void; ended: Promise<void> }> {
  const controller = new AbortController();
  const response = await fetch(`${client.url}/api/offers/stream${query}`, {
    headers: { authorization: `Bearer ${client.token}`, accept: 'text/event-stream' },
    signal: controller.signal,
  });
  assert.equal(response.status, 200);
  const told: Change[] = [];
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const part of response.body ?? []) {
      for (const line of decoder.decode(part, { stream: true }).split('\n\n'))
        if (line.startsWith('data: ')) told.push(...JSON.parse(line.slice(6)).changes);
    }
  };
  return { told, stop: () => controller.abort(), ended: read().catch(() => undefined) };
}

describe('The stream of a service', { skip: skipReason(database) }, () => {
  test('tells what happens to records, of the object that is asked for or of all, and none twice', async () => {
    const [all, offers] = [await follow(admin), await follow(admin, '?object=offer')];
    // The first look is where a stream begins.
    await new Promise((resolve) => setTimeout(resolve, 700));
    const { id } = await make(admin, SPECIMENS, { name: 'told' });
    await must(200, admin.patch(`${SPECIMENS}/${id}`, { name: 'told again' }));
    await must(204, admin.delete(`${SPECIMENS}/${id}`));
    await eventually('all three are told', async () => all.told.length >= 3);
    assert.deepEqual(
      all.told.map(({ type, object, id: of, version }) => [type, object, of === id, version]),
      [
        ['SpecimenCreated', 'specimen', true, 1],
        ['SpecimenUpdated', 'specimen', true, 2],
        ['SpecimenDeleted', 'specimen', true, 3],
      ],
    );
    assert.deepEqual(offers.told, []);
    all.stop();
    offers.stop();
  });

  test('tells nobody of what they may not read, and is refused where it is none', async () => {
    const none = await must(201, admin.post('/api/platform/api-keys', { name: 'none', roles: [] }));
    const nobody = await follow(clientOf(admin.url, none.body.key));
    const viewer = await keyFor(admin, 'viewer');
    const seen = await follow(viewer);
    await new Promise((resolve) => setTimeout(resolve, 700));
    await make(admin, SPECIMENS, { name: 'quiet' });
    await eventually('the viewer is told', async () => seen.told.length === 1);
    assert.deepEqual(nobody.told, []);
    nobody.stop();
    seen.stop();
    assert.deepEqual((await must(200, viewer.get('/api/offers/stream'))).body.changes, []);
    await refusal(viewer.get('/api/offers/stream?object=ofer'), 400, 'unknown_name');
  });

  test('ends when the service stops, which does not wait for it', async () => {
    const followed = await follow(admin);
    const started = Date.now();
    stopping = installation.stop();
    await followed.ended;
    assert.ok(Date.now() - started < 5_000, `${Date.now() - started} ms`);
  });
});
