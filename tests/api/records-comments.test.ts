import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { signInAs } from '#tests/support/people.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { defineSpecimens, keyFor, make, must, refusal, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
let installation: Installation;
let admin: Client;
let viewer: Client;
let viewerId: string;

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await defineSpecimens(admin);
  viewer = await signInAs(installation, 'viewer');
  viewerId = (await viewer.get('/api/platform/me')).body.user.id;
});
after(() => installation?.stop());

const told = async (id: string): Promise<readonly string[]> => {
  const { store } = installation.running.services.find(({ name }) => name === 'offers') ?? assert.fail();
  const text = 'select type from platform.outbox where record_id = $1::uuid order by position';
  return (await store.database.read({ text, values: [id] })).map(([type]) => type ?? '');
};

describe('Comments on a record', { skip: skipReason(database) }, () => {
  let id: string;
  let comments: string;
  before(async () => {
    ({ id } = await make(admin, SPECIMENS, { name: 'discussed' }));
    comments = `${SPECIMENS}/${id}/comments`;
  });

  test('whoever may read the record reads and writes them; what is shown of them is harmless', async () => {
    const text = '# Well\n**Please** look: [here](https://example.com) <script>alert(1)</script> [no](javascript:alert(1))';
    const made = await must(201, viewer.post(comments, { text }));
    assert.equal(made.headers.get('location'), `${comments}/${made.body.id}`);
    assert.equal(made.body.text, text);
    assert.equal(
      made.body.html,
      '<p><strong>Well</strong></p><p><strong>Please</strong> look: <a href="https://example.com" rel="noopener noreferrer nofollow" target="_blank">here</a> &lt;script&gt;alert(1)&lt;/script&gt; <a rel="noopener noreferrer nofollow" target="_blank">no</a></p>',
    );
    const { body } = await must(200, admin.get(comments));
    assert.deepEqual(body, { items: [made.body], next: null });
  });

  test('quotes and lists that stand in each other without end are refused, a rule is not', async () => {
    for (const text of ['>'.repeat(10_000), `Hello\n${'1. '.repeat(3_000)}`])
      assert.match((await refusal(viewer.post(comments, { text }), 422, 'invalid_value')).errors[0].message, /at most 20 deep/);
    const rule = await must(201, viewer.post(comments, { text: `Done\n\n${'- '.repeat(30)}` }));
    await must(204, viewer.delete(`${comments}/${rule.body.id}`));
  });

  test('who may not read the record does not learn that there are any', async () => {
    const stranger = await keyFor(admin, 'warehouse');
    await refusal(stranger.get(comments), 404, 'not_found');
    await refusal(stranger.post(comments, { text: 'hello' }), 404, 'not_found');
    await refusal(admin.post(`${SPECIMENS}/01890a5d-ac96-774b-bcce-b302099a8057/comments`, { text: 'hello' }), 404, 'not_found');
  });

  test('a mention pings whom it names, once; nobody is pinged by themselves, and a stranger cannot be', async () => {
    const { id: other } = await make(admin, SPECIMENS, { name: 'pinged' });
    const at = `${SPECIMENS}/${other}/comments`;
    const { body } = await must(201, admin.post(at, { text: `[@Vera](user:${viewerId}), please` }));
    assert.deepEqual([body.mentions, body.html], [[viewerId], '<p><strong>@Vera</strong>, please</p>']);
    await must(200, admin.patch(`${at}/${body.id}`, { text: `[@Vera](user:${viewerId}) and [@Vera](user:${viewerId}), please!` }));
    await must(201, viewer.post(at, { text: `I, [@Vera](user:${viewerId}), will` }));
    assert.deepEqual(await told(other), ['SpecimenCreated', 'CommentAdded', 'UserMentioned', 'CommentEdited', 'CommentAdded']);
    const problem = await refusal(admin.post(at, { text: '[@Nobody](user:01890a5d-ac96-774b-bcce-b302099a8057)' }), 422, 'invalid_value');
    assert.equal(problem.errors[0].pointer, '/text');
  });

  test('its author changes a comment; its author or an administrator takes it away', async () => {
    const { body } = await must(201, viewer.post(comments, { text: 'first' }));
    const place = `${comments}/${body.id}`;
    await refusal(admin.patch(place, { text: 'not mine' }), 403, 'not_allowed');
    const edited = (await must(200, viewer.patch(place, { text: 'second' }))).body;
    assert.deepEqual([edited.text, typeof edited.editedAt], ['second', 'string']);
    const manager = await keyFor(admin, 'viewer');
    await refusal(manager.delete(place), 403, 'not_allowed');
    await must(204, admin.delete(place));
    await refusal(viewer.delete(place), 404, 'not_found');
    await refusal(viewer.patch(`${comments}/nonsense`, { text: 'x' }), 404, 'not_found');
  });

  test('empty, too long, of another type, with unknown keys: refused with the place', async () => {
    for (const text of ['  ', 'x'.repeat(10_001), 7, undefined]) {
      const problem = await refusal(admin.post(comments, { text }), 422, 'invalid_value');
      assert.equal(problem.errors[0].pointer, '/text');
    }
    await refusal(admin.post(comments, { txt: 'hello' }), 400, 'unknown_name');
    await refusal(admin.get(`${comments}?cursor=x`), 400, 'malformed_request');
  });

  test('the same key comments once', async () => {
    const key = { 'Idempotency-Key': 'once-only' };
    const [first, second] = [await admin.post(comments, { text: 'once' }, key), await admin.post(comments, { text: 'once' }, key)];
    assert.deepEqual([first.status, second.status, second.body], [201, 201, first.body]);
  });

  test('pages lead through all of them, the last one first', async () => {
    const { id: long } = await make(admin, SPECIMENS, { name: 'long talk' });
    const at = `${SPECIMENS}/${long}/comments`;
    for (const text of ['1', '2', '3', '4', '5']) await must(201, admin.post(at, { text }));
    const seen: string[] = [];
    for (let cursor = ''; cursor !== 'end';) {
      const { body } = await must(200, admin.get(`${at}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`));
      seen.push(...body.items.map((one: { text: string }) => one.text));
      cursor = body.next ?? 'end';
    }
    assert.deepEqual(seen, ['5', '4', '3', '2', '1']);
  });

  test('an object without the feature has none, and they go with the record for good', async () => {
    const user = (await admin.get('/api/platform/me')).body.user.id;
    await refusal(admin.post(`/api/platform/users/${user}/comments`, { text: 'hello' }), 404, 'not_found');
    const { id: gone } = await make(admin, SPECIMENS, { name: 'gone' });
    await must(201, admin.post(`${SPECIMENS}/${gone}/comments`, { text: 'farewell' }));
    await must(204, admin.delete(`${SPECIMENS}/${gone}`));
    assert.equal((await must(200, admin.get(`${SPECIMENS}/${gone}/comments`))).body.items.length, 1);
    await refusal(admin.post(`${SPECIMENS}/${gone}/comments`, { text: 'too late' }), 404, 'not_found');
    await must(204, admin.delete(`${SPECIMENS}/${gone}?permanent=true`));
    const { store } = installation.running.services.find(({ name }) => name === 'offers') ?? assert.fail();
    const text = 'select id from platform.comment where record_id = $1::uuid';
    assert.deepEqual(await store.database.read({ text, values: [gone] }), []);
  });
});
