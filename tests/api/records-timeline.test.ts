import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clientOf, type Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { upload } from '#tests/support/upload.ts';
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
after(() => installation?.stop());

const uploaded = async (client: Client, name: string): Promise<string> =>
  (await must(201, upload(client, 'offers', { name, content: `the content of ${name}` }))).body.id;

describe('Files on a record', { skip: skipReason(database) }, () => {
  test('are attached by who may edit it, read by who may read it, and gone for both when they are taken off', async () => {
    const { id } = await make(admin, SPECIMENS, { name: 'with papers' });
    const files = `${SPECIMENS}/${id}/files`;
    const [viewer, sales, stranger] = [await keyFor(admin, 'viewer'), await keyFor(admin, 'sales'), await keyFor(admin, 'warehouse')];
    const file = await uploaded(sales, 'plan.txt');
    await refusal(viewer.post(files, { id: file }), 403, 'not_allowed');
    await refusal(admin.post(files, { id: file }), 422, 'invalid_value');
    const { body } = await must(201, sales.post(files, { id: file }));
    assert.deepEqual([body.id, body.name, body.type], [file, 'plan.txt', 'text/plain']);
    await refusal(sales.post(files, { id: file }), 422, 'invalid_value');
    assert.deepEqual((await must(200, viewer.get(files))).body.items, [body]);
    assert.equal((await viewer.get(`/api/offers/files/${file}`)).body, 'the content of plan.txt');
    assert.equal((await stranger.get(`/api/offers/files/${file}`)).status, 404);
    await refusal(stranger.get(files), 404, 'not_found');
    await refusal(viewer.delete(`${files}/${file}`), 403, 'not_allowed');
    await must(204, sales.delete(`${files}/${file}`));
    await refusal(sales.delete(`${files}/${file}`), 404, 'not_found');
    assert.equal((await viewer.get(`/api/offers/files/${file}`)).status, 404);
    assert.deepEqual((await must(200, viewer.get(files))).body.items, []);
  });

  test('are not there for objects without attachments', async () => {
    const user = (await admin.get('/api/platform/me')).body.user.id;
    await refusal(admin.get(`/api/platform/users/${user}/files`), 404, 'not_found');
    await refusal(admin.post(`${SPECIMENS}/${user}/files`, { id: 'x' }), 404, 'not_found');
  });
});

describe('The timeline of a record', { skip: skipReason(database) }, () => {
  type Item = {
    kind: string;
    what?: string;
    command?: string;
    comment?: { text: string };
    isHeld?: boolean;
    changes?: { field: string }[];
  };
  const brief = (items: readonly Item[]): readonly string[] =>
    items.map(({ kind, what, comment, isHeld, changes }) =>
      [kind, what, comment?.text, isHeld, changes?.map(({ field }) => field).join()]
        .filter((part) => part !== undefined && part !== '')
        .join(' '),
    );

  test('tells changes, comments and files in their order, page by page; a comment reads as it is now', async () => {
    const { id } = await make(admin, SPECIMENS, { name: 'lively', secret: 'one' });
    const place = `${SPECIMENS}/${id}`;
    const first = (await must(201, admin.post(`${place}/comments`, { text: 'early' }))).body;
    await must(200, admin.patch(place, { name: 'livelier', secret: 'two' }));
    const file = await uploaded(admin, 'paper.txt');
    await must(201, admin.post(`${place}/files`, { id: file }));
    const second = (await must(201, admin.post(`${place}/comments`, { text: 'late' }))).body;
    await must(204, admin.delete(`${place}/files/${file}`));
    await must(204, admin.delete(place));
    await must(200, admin.post(`${place}/restore`));
    await must(200, admin.patch(`${place}/comments/${first.id}`, { text: 'earlier' }));
    await must(204, admin.delete(`${place}/comments/${second.id}`));

    const seen: Item[] = [];
    for (let cursor = ''; cursor !== 'end';) {
      const { body } = await must(200, admin.get(`${place}/timeline?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`));
      assert.ok(body.items.length <= 2);
      seen.push(...body.items);
      cursor = body.next ?? 'end';
    }
    assert.deepEqual(brief(seen), [
      'change restored',
      'change deleted',
      'file removed false',
      'file attached false',
      'change updated name,secret',
      'comment earlier',
      'change created',
    ]);
    const sales = await keyFor(admin, 'sales');
    const known = (await must(200, sales.get(`${place}/timeline`))).body.items;
    assert.ok(!JSON.stringify(known).includes('secret'), 'a field that they may not read is in no change');
    await refusal(clientOf(admin.url, (await keyFor(admin, 'warehouse')).token).get(`${place}/timeline`), 404, 'not_found');
    await refusal(admin.get(`${place}/timeline?cursor=x`), 400, 'malformed_request');
  });

  test('does not tell of a change of nothing that the caller may read, and neither does the history', async () => {
    const { id } = await make(admin, SPECIMENS, { name: 'guarded', secret: 'three' });
    const place = `${SPECIMENS}/${id}`;
    await must(200, admin.patch(place, { secret: 'four' }));
    await must(204, admin.delete(place));
    await must(200, admin.post(`${place}/restore`));
    const sales = await keyFor(admin, 'sales');
    const told = async (client: Client, part: string): Promise<readonly Item[]> =>
      (await must(200, client.get(`${place}/${part}`))).body.items;
    assert.deepEqual(brief(await told(admin, 'timeline')), [
      'change restored',
      'change deleted',
      'change updated secret',
      'change created',
    ]);
    assert.deepEqual(brief(await told(sales, 'timeline')), ['change restored', 'change deleted', 'change created']);
    assert.equal((await told(admin, 'history')).length, 4);
    assert.equal((await told(sales, 'history')).length, 3);
  });

  test('says by which command something changed, and so does the history', async () => {
    const customer = (await must(201, admin.post('/api/customers/customers', { name: 'Held' }))).body;
    const place = `/api/customers/customers/${customer.id}`;
    await must(200, admin.post(`${place}/actions/suspend`, { reason: 'does not pay' }));
    const [newest] = (await must(200, admin.get(`${place}/timeline`))).body.items;
    assert.deepEqual([newest.kind, newest.command], ['change', 'suspend']);
    assert.equal((await must(200, admin.get(`${place}/history`))).body.items[0].command, 'suspend');
  });

  test('without history it is comments and files alone', async () => {
    await must(
      201,
      admin.post('/api/platform/objects', {
        name: 'quiet_thing',
        label: 'Quiet thing',
        pluralLabel: 'Quiet things',
        module: 'offers',
        collection: 'quiet-things',
        titleField: 'name',
        features: { history: false },
        fields: [{ name: 'name', label: 'Name', type: 'text' }],
      }),
    );
    const { id } = await make(admin, '/api/offers/quiet-things', { name: 'quiet' });
    await must(201, admin.post(`/api/offers/quiet-things/${id}/comments`, { text: 'only me' }));
    assert.deepEqual(brief((await must(200, admin.get(`/api/offers/quiet-things/${id}/timeline`))).body.items), ['comment only me']);
  });
});
