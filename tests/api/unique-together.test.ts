import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { keyFor, make, must, refusal } from './specimen.ts';

const database = testDatabaseUrl();
const SEATS = '/api/offers/seats';
const SEAT = '/api/platform/objects/seat';
let installation: Installation;
let admin: Client;

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  const fields = [
    { name: 'name', label: 'Name', type: 'text' },
    { name: 'wagon', label: 'Wagon', type: 'integer' },
    { name: 'row', label: 'Row', type: 'integer' },
    { name: 'product', label: 'Product', type: 'lookup', target: 'product' },
    { name: 'note', label: 'Note', type: 'longText' },
    { name: 'code', label: 'Code', type: 'text', access: { read: ['manager'], edit: ['manager'] } },
  ];
  const access = { sales: { read: true, create: true, edit: true } };
  await must(201, admin.post('/api/platform/objects', { name: 'seat', label: 'Seat', module: 'offers', access, fields }));
});
after(() => installation?.stop());

const rules = ({ errors }: Answer['body']): readonly string[] =>
  errors.map((error: { pointer: string; rule: string }) => `${error.pointer} ${error.rule}`);

describe('Fields that are unique together', { skip: skipReason(database) }, () => {
  test('A rule that rows break is refused, with the rows; when they are put right it is in force', async () => {
    const first = await make(admin, SEATS, { name: 'A', wagon: 1, row: 7 });
    const second = await make(admin, SEATS, { name: 'B', wagon: 1, row: 7 });
    await make(admin, SEATS, { name: 'C', wagon: 1 });
    await make(admin, SEATS, { name: 'D', wagon: 1 });
    const set = { uniqueTogether: [['wagon', 'row']] };
    const changes = [{ kind: 'changeObject', object: 'seat', set }];
    const { rows } = (await must(200, admin.post('/api/platform/changes/preview', { changes }))).body;
    assert.deepEqual([rows.affected, rows.doNotFit], [4, 2]);
    const refused = await admin.patch(SEAT, set);
    assert.ok(refused.status === 409 || refused.status === 422, JSON.stringify(refused.body));
    await must(200, admin.patch(`${SEATS}/${second.id}`, { row: 8 }));
    assert.deepEqual((await must(200, admin.patch(SEAT, set))).body.uniqueTogether, [['wagon', 'row']]);
    const twice = await refusal(admin.post(SEATS, { wagon: 1, row: 7 }), 409, 'duplicate');
    assert.deepEqual(rules(twice), ['/wagon unique', '/row unique']);
    assert.equal(twice.errors[0].message, 'There is already a Seat with this Wagon and Row.');
    assert.deepEqual(twice.other, { object: 'seat', id: first.id });
    await refusal(admin.patch(`${SEATS}/${second.id}`, { row: 7 }), 409, 'duplicate');
    await make(admin, SEATS, { wagon: 1 });
    await make(admin, SEATS, { wagon: 2, row: 7 });
  });

  test('The recycle bin does not count, and two at once make one', async () => {
    const gone = await make(admin, SEATS, { wagon: 3, row: 1 });
    await must(204, admin.delete(`${SEATS}/${gone.id}`));
    const both = await Promise.all([1, 2].map(() => admin.post(SEATS, { wagon: 3, row: 1 })));
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((left, right) => left - right),
      [201, 409],
    );
    await refusal(admin.post(`${SEATS}/${gone.id}/restore`), 409, 'duplicate');
  });

  test('It follows the new name of a field, and stands in the way of one that goes', async () => {
    await must(200, admin.patch(`${SEAT}/fields/row`, { name: 'line' }));
    assert.deepEqual((await must(200, admin.get(SEAT))).body.uniqueTogether, [['wagon', 'line']]);
    await refusal(admin.post(SEATS, { wagon: 1, line: 7 }), 409, 'duplicate');
    assert.match((await refusal(admin.delete(`${SEAT}/fields/line`), 409, 'in_use')).detail, /unique together \(wagon, line\)/);
  });

  test('Refused: unknown fields, texts without end, one field alone, the same rule twice', async () => {
    const asked = async (...uniqueTogether: readonly (readonly string[])[]) =>
      rules(await refusal(admin.patch(SEAT, { uniqueTogether }), 422, 'invalid_value'));
    assert.deepEqual(await asked(['wagon', 'rwo']), ['/uniqueTogether/0/1 reference']);
    assert.deepEqual(await asked(['wagon', 'note']), ['/uniqueTogether/0/1 unique']);
    assert.deepEqual(await asked(['wagon', 'line'], ['line', 'wagon']), ['/uniqueTogether/1 duplicate']);
    assert.equal((await asked(['wagon'])).length, 1);
  });

  test('A rule over a field that the caller may not read says nothing of it', async () => {
    await must(
      200,
      admin.patch(SEAT, {
        uniqueTogether: [
          ['wagon', 'line'],
          ['name', 'code', 'product'],
        ],
      }),
    );
    const sales = await keyFor(admin, 'sales');
    assert.deepEqual((await must(200, sales.get(SEAT))).body.uniqueTogether, [['wagon', 'line']]);
    await must(200, admin.patch(SEAT, { uniqueTogether: [['name', 'code']] }));
    const secret = await make(admin, SEATS, { name: 'X', code: '1' });
    await make(admin, SEATS, { name: 'Y', code: '1' });
    const refused = await refusal(sales.patch(`${SEATS}/${secret.id}`, { name: 'Y' }), 409, 'duplicate');
    assert.deepEqual([refused.errors, refused.detail], [[], 'There is already such a Seat.']);
  });

  test('Taken away, and taken back, it is asked of the rows anew', async () => {
    await must(200, admin.patch(SEAT, { uniqueTogether: [['wagon', 'line']] }));
    const { version } = (await must(200, admin.patch(SEAT, { uniqueTogether: null }))).body;
    await make(admin, SEATS, { wagon: 1, line: 7 });
    const undone = await admin.post(`/api/platform/changes/${version}/undo`);
    assert.ok(undone.status === 409 || undone.status === 422, JSON.stringify(undone.body));
  });
});
