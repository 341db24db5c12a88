import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { signInAs } from '#tests/support/people.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { defineSpecimens, make, must, refusal, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
const MENTIONS = '/api/platform/mentions';

describe('Who is mentioned', { skip: skipReason(database) }, () => {
  let installation: Installation;
  let admin: Client;
  let sales: Client;
  let salesId: string;

  before(async () => {
    installation = await startInstallation();
    ({ admin } = installation);
    await defineSpecimens(admin);
    sales = await signInAs(installation, 'sales');
    salesId = (await sales.get('/api/platform/me')).body.user.id;
  });
  after(() => installation?.stop());

  const unread = async (client: Client): Promise<number> => (await must(200, client.get(MENTIONS))).body.unread;
  const mention = async (path: string, id: string): Promise<string> =>
    (await must(201, admin.post(`${path}/${id}/comments`, { text: `[@Sal](user:${salesId}), look` }))).body.id;

  test('finds it in one list, from whatever service, and says what has been read', async () => {
    const { id: customer } = await make(admin, '/api/customers/customers', { name: 'Kessler' });
    const { id: specimen } = await make(admin, SPECIMENS, { name: 'rare' });
    const comment = await mention('/api/customers/customers', customer);
    await eventually('the first is there', async () => (await unread(sales)) === 1);
    await mention(SPECIMENS, specimen);
    await eventually('the second is there', async () => (await unread(sales)) === 2);
    const { items } = (await must(200, sales.get(MENTIONS))).body;
    assert.deepEqual(
      items.map(({ object, id, isRead }: { object: string; id: string; isRead: boolean }) => [object, id, isRead]),
      [
        ['specimen', specimen, false],
        ['customer', customer, false],
      ],
    );
    assert.equal(items[1].comment, comment);
    assert.ok(!JSON.stringify(items).includes('look'), 'the words stay beside the record');
    assert.equal(await unread(admin), 0);
    assert.equal((await must(200, sales.post(`${MENTIONS}/read`, { id: specimen }))).body.unread, 1);
    await must(200, admin.post(`${MENTIONS}/read`));
    assert.equal(await unread(sales), 1, 'nobody reads for others');
    assert.equal((await must(200, sales.post(`${MENTIONS}/read`))).body.unread, 0);
    await must(204, admin.delete(`/api/customers/customers/${customer}/comments/${comment}`));
    await eventually('it went with its comment', async () => (await sales.get(MENTIONS)).body.items.length === 1);
  });

  test('is not led to what they may not read', async () => {
    const { id } = await make(admin, SPECIMENS, { name: 'closed' });
    await mention(SPECIMENS, id);
    await eventually('it is there', async () => (await unread(sales)) === 1);
    const closed = { kind: 'setAccess', object: 'specimen', role: 'sales', grant: { read: false } };
    await must(200, admin.post('/api/platform/changes', { changes: [closed] }));
    await eventually('it is gone', async () => (await unread(sales)) === 0);
    await refusal(sales.post(`${MENTIONS}/read`, { ids: [id] }), 400, 'unknown_name');
    await refusal(sales.post(`${MENTIONS}/read`, { id: 'x' }), 422, 'invalid_value');
  });
});
