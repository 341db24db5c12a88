import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { endedJob, importedBy, type ImportOptions } from './importing.ts';
import { defineSpecimens, keyFor, make, must, refusal, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
const JOBS = '/api/offers/jobs';
let installation: Installation;
let admin: Client;

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await defineSpecimens(admin);
});
after(() => installation?.stop());

const ended = (id: string): Promise<Answer['body']> => endedJob(admin, id);
const imported = (content: string, options?: ImportOptions): Promise<Answer['body']> => importedBy(admin, content, options);
const revert = (id: string, options: unknown = {}): Promise<Answer> => admin.post(`${JOBS}/${id}/actions/revert`, options);
const byCode = async (code: string): Promise<Answer['body']> => (await must(200, admin.get(`${SPECIMENS}/by/code/${code}`))).body;
const withoutSaving = ({ version: _v, updatedAt: _a, updatedBy: _b, ...rest }: Answer['body']): unknown => rest;

describe('An import that is taken back', { skip: skipReason(database) }, () => {
  test('what it made goes to the recycle bin, what it changed is as before; what was changed since stays until one insists', async () => {
    await make(admin, SPECIMENS, { code: 'K1', name: 'before', worth: '1.00', place: { street: 'Alley 1' }, marks: ['red'] });
    await make(admin, SPECIMENS, { code: 'K2', name: 'before' });
    const were = { K1: await byCode('K1'), K2: await byCode('K2') };
    const made = ['N1,new,,,', 'N2,new,,,', 'N3,new,,,'];
    const file = `code,name,worth,place.city,marks\nK1,after,5,Köln,blue\nK2,after,,,\n${made.join('\n')}\nK1,once more,,,\n`;
    const job = await imported(file, { by: 'code' });
    assert.deepEqual([job.result.created, job.result.updated], [3, 3], JSON.stringify(job));
    assert.equal((await byCode('K1')).name, 'once more');
    const changed = { K2: await byCode('K2'), N2: await byCode('N2') };
    for (const { id } of Object.values(changed)) await must(200, admin.patch(`${SPECIMENS}/${id}`, { note: 'by hand' }));

    const first = (await must(202, revert(job.id))).body;
    const done = await ended(first.id);
    assert.deepEqual(
      [done.state, done.result, done.done, done.total],
      ['done', { import: job.id, deleted: 2, restored: 1, left: 2 }, 5, 5],
      JSON.stringify(done),
    );
    const left = new Set(done.errors.map(({ record }: { record: string }) => record));
    assert.deepEqual(left, new Set([changed.K2.id, changed.N2.id]));
    assert.deepEqual(withoutSaving(await byCode('K1')), withoutSaving(were.K1));
    assert.equal((await admin.get(`${SPECIMENS}/by/code/N1`)).status, 404);
    assert.equal((await must(200, admin.get(`${SPECIMENS}?deleted=only&filter[code][in]=N1,N3`))).body.items.length, 2);
    assert.deepEqual([(await byCode('K2')).name, (await byCode('N2')).note], ['after', 'by hand']);
    assert.equal((await must(202, revert(job.id))).body.id, first.id);

    const all = await ended((await must(202, revert(job.id, { evenChanged: true }))).body.id);
    assert.deepEqual([all.result, all.errors], [{ import: job.id, deleted: 1, restored: 1, left: 0 }, []]);
    assert.deepEqual([(await byCode('K2')).name, (await byCode('K2')).note], ['before', 'by hand']);
    assert.equal((await admin.get(`${SPECIMENS}/by/code/N2`)).status, 404);
  });

  test('thousands of records, and each once', async () => {
    const lines = Array.from({ length: 1500 }, (_, at) => `T${at},Row ${at}`);
    await imported(`code,name\n${lines.slice(0, 700).join('\n')}\n`);
    const job = await imported(`code,name\n${lines.map((line) => `${line} again`).join('\n')}\n`, { by: 'code' });
    assert.deepEqual([job.result.created, job.result.updated], [800, 700]);
    const done = await ended((await must(202, revert(job.id))).body.id);
    assert.deepEqual(done.result, { import: job.id, deleted: 800, restored: 700, left: 0 }, JSON.stringify(done.errors.slice(0, 3)));
    const { body } = await admin.post(`${SPECIMENS}/query`, {
      filter: { code: { startsWith: 'T' } },
      count: 'exact',
      limit: 1000,
      fields: 'name',
    });
    assert.equal(body.count, 700);
    assert.ok(body.items.every(({ name }: { name: string }) => !name.endsWith('again')));
  });

  test('is not what somebody else may do, nor what was only tried', async () => {
    const job = await imported('code,name\nD1,tried\n', { dryRun: 'true' });
    assert.match(JSON.stringify((await ended((await must(202, revert(job.id))).body.id)).errors), /only tried/);
    await refusal(revert(job.id, { everything: true }), 400, 'unknown_name');
    await refusal(revert(job.id, { evenChanged: 'yes' }), 400, 'malformed_request');
    await refusal((await keyFor(admin, 'sales')).post(`${JOBS}/${job.id}/actions/revert`, {}), 404, 'not_found');
  });
});
