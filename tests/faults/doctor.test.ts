import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { sql } from './applied.ts';

const database = testDatabaseUrl();
const DOCTOR = fileURLToPath(import.meta.resolve('#platform/doctor.ts'));

describe('npm run doctor', { skip: skipReason(database) }, () => {
  let installation: Installation;
  const ask = (): Promise<{ code: number; said: string }> =>
    new Promise((resolve) => {
      const env = { DATABASE_URL: needed(database), DATABASE_PREFIX: installation.databasePrefix };
      const child = execFile(process.execPath, [DOCTOR], { env }, (_error, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
      );
    });
  before(async () => {
    installation = await startInstallation({ services: ['platform', 'offers', 'audit'] });
  });
  after(() => installation.stop());

  test('says that all is well after changes, and which services have nothing yet', async () => {
    const field = { name: 'colour', label: 'Colour', type: 'text', indexed: true };
    assert.equal((await installation.admin.post('/api/platform/objects/offer/fields', field)).status, 201);
    const { code, said } = await ask();
    assert.equal(code, 0, said);
    assert.match(said, /^platform: well, version 1 applied/m);
    assert.match(said, /^offers: well, version 2 applied/m);
    assert.match(said, /^audit: well/m);
    assert.match(said, /^crm: has no database yet/m);
  });

  test('names what somebody did to the tables by hand, and events that could not be handled', async () => {
    const offers = `${installation.databasePrefix}offers`;
    await sql(offers, 'alter table records.offer drop column subject');
    await sql(
      offers,
      `insert into platform.dead_letter (id, consumer, received, reason, stack_hash, attempts, headers)
       values (gen_random_uuid(), 'offers/mirror', '', 'unreadable', 'unreadable', 1, '{}')`,
    );
    const { code, said } = await ask();
    assert.equal(code, 1, said);
    assert.match(said, /^offers: NOT WELL/m);
    assert.match(said, /they would need: .*"subject" text/);
    assert.match(said, /1 events that could not be handled; see GET \/api\/offers\/dead-letters/);
  });
});
