import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { sendImport } from './importing.ts';
import { defineSpecimens, keyFor, must, refusal, SPECIMENS } from './specimen.ts';

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

async function seen(client: Client, headers: string): Promise<Answer['body']> {
  const { body } = await must(200, client.post(`${SPECIMENS}/import/preview`, { text: `${headers}\na;b;c\n` }));
  const fields = body.columns.map(({ header, field }: { header: string; field: string | null }) => `${header} ${field}`);
  return { fields, preset: body.preset, decimalComma: body.decimalComma };
}

describe('Columns of a file that were assigned once', { skip: skipReason(database) }, () => {
  const mapping = JSON.stringify({ Nummer: 'code', Bezeichnung: 'name', Code: '' });
  const german = { mapping, by: 'code', decimalComma: 'true', delimiter: ';' };

  test('are recognised by the headers of the next file, in whatever order these stand', async () => {
    const unknown = await seen(admin, 'Nummer;Bezeichnung;Code');
    assert.deepEqual([unknown.fields, unknown.preset], [['Nummer null', 'Bezeichnung null', 'Code code'], null]);
    await must(202, sendImport(admin, 'Nummer;Bezeichnung;Code\nN1;Eins;x\n', { ...german, dryRun: 'true' }));
    assert.equal((await seen(admin, 'Nummer;Bezeichnung;Code')).preset, null);
    await must(202, sendImport(admin, 'Nummer;Bezeichnung;Code\nN1;Eins;x\n', german));
    assert.deepEqual(await seen(admin, 'Bezeichnung;Code;Nummer'), {
      fields: ['Bezeichnung name', 'Code null', 'Nummer code'],
      preset: { by: 'code', isEveryones: false },
      decimalComma: true,
    });
    assert.equal((await seen(admin, 'Nummer;Bezeichnung')).preset, null);
  });

  test("are one's own unless an administrator keeps them for everyone; one's own go first", async () => {
    const sales = await keyFor(admin, 'sales');
    assert.equal((await seen(sales, 'Nummer;Bezeichnung;Code')).preset, null);
    await refusal(sendImport(sales, 'Nummer;Bezeichnung;Code\nN2;Zwei;x\n', { ...german, remember: 'everyone' }), 403, 'not_allowed');
    await refusal(sendImport(sales, 'Nummer;Bezeichnung;Code\nN2;Zwei;x\n', { ...german, remember: 'all' }), 400, 'malformed_request');
    await must(202, sendImport(admin, 'Nummer;Bezeichnung;Code\nN2;Zwei;x\n', { ...german, remember: 'everyone' }));
    assert.deepEqual((await seen(sales, 'Nummer;Bezeichnung;Code')).preset, { by: 'code', isEveryones: true });
    await must(202, sendImport(sales, 'Nummer;Bezeichnung;Code\nN3;Drei;x\n', { mapping, delimiter: ';' }));
    assert.deepEqual((await seen(sales, 'Nummer;Bezeichnung;Code')).preset, { by: null, isEveryones: false });
  });

  test('that somebody may not see or that are no more are as if they had not been', async () => {
    const hidden = { mapping: JSON.stringify({ Geheim: 'secret', Nummer: 'code' }), delimiter: ';', remember: 'everyone' };
    await must(202, sendImport(admin, 'Geheim;Nummer\nx;N4\n', hidden));
    assert.deepEqual((await seen(admin, 'Geheim;Nummer')).fields, ['Geheim secret', 'Nummer code']);
    assert.deepEqual((await seen(await keyFor(admin, 'sales'), 'Geheim;Nummer')).fields, ['Geheim null', 'Nummer code']);
  });
});
