import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { endedJob, sendImport, type ImportOptions } from './importing.ts';
import { defineSpecimens, keyFor, make, must, SPECIMENS } from './specimen.ts';

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

const sent = async (content: string | Buffer<ArrayBuffer>, options?: ImportOptions, client = admin): Promise<Answer['body']> =>
  (await sendImport(client, content, options)).body;
const ended = (id: string): Promise<Answer['body']> => endedJob(admin, id);

/** What is said in German; the English one is what the answer says to programs. */
const german = ({ sentence, detail, message }: Answer['body']): string => {
  assert.equal(sentence?.en, detail ?? message);
  return sentence.de;
};

describe('What an import refuses is said in both languages', { skip: skipReason(database) }, () => {
  test('of the whole file', async () => {
    const refused: readonly (readonly [RegExp, string | Buffer<ArrayBuffer>, ImportOptions?])[] = [
      [/^Die Datei ist leer/, ' \r\n'],
      [/^Die Datei ist kein Text.*alter Art/, Buffer.from([0xd0, 0xcf, 0x11, 0xe0])],
      [/^Die Datei ist kein Text.*Bytes/, 'code\n\u0000\n'],
      [/^Eine Datei hat höchstens 500 Spalten/, `code${',x'.repeat(500)}\n`],
      [/^Die Datei ist kein gültiges CSV: Ein Anführungszeichen.*\(Zeile 2\)/, 'code,"name\n1,2\n'],
      [/^Nur Tabellenkalkulationen/, 'code\n1\n', { sheet: 'Blatt 1' }],
      [/^Die Tabelle lässt sich nicht lesen: sie ist kein ZIP-Archiv/, Buffer.from('PK\u0003\u0004 and nothing else')],
      [/^Die Datei hat keine Spalte „cod“. Meinten Sie code\?/, 'code\n1\n', { mapping: '{"cod":"code"}' }],
      [/ hat kein Feld „worht“. Meinten Sie worth\?/, 'code,worht\n1,2\n'],
      [/^Zwei Spalten sind für dasselbe Feld/, 'code,Code\n1,2\n'],
      [/^Keine Spalte/, 'code\n1\n', { mapping: '{"code":""}' }],
      [/ ist nicht eindeutig/, 'code,name\n1,2\n', { by: 'name' }],
      [/^Zeilen werden nach .* zugeordnet/, 'name\n1\n', { by: 'code' }],
    ];
    for (const [pattern, content, options] of refused) assert.match(german(await sent(content, options)), pattern);
    const viewer = await keyFor(admin, 'viewer');
    assert.match(german(await sent('code\n1\n', {}, viewer)), /^Sie dürfen keine Datensätze importieren/);
  });

  test('of what comes up only in the midst of it, and of records that stay when it is taken back', async () => {
    const { id } = await sent(`code,note\n${Array.from({ length: 300 }, (_, at) => `M${at},${'x'.repeat(2000)}\n`).join('')}M,"open\n`);
    const failed = await ended(id);
    assert.equal(failed.state, 'failed');
    assert.match(german(failed.errors.at(-1)), /^Die Datei ist kein gültiges CSV/);

    const { id: whole } = await sent('code,name\nL1,x\nL2,x\n');
    await ended(whole);
    const { id: record } = (await must(200, admin.get(`${SPECIMENS}/by/code/L1`))).body;
    await must(200, admin.patch(`${SPECIMENS}/${record}`, { name: 'by hand' }));
    const { body } = await must(202, admin.post(`/api/offers/jobs/${whole}/actions/revert`));
    const [left] = (await ended(body.id)).errors;
    assert.equal(left.record, record);
    assert.match(german(left), /seit dem Import geändert/);

    await make(admin, SPECIMENS, { code: 'T1', name: 'x' });
    const tried = await ended((await sent('code,name\nT2,x\n', { dryRun: 'true' })).id);
    const nothing = await ended((await must(202, admin.post(`/api/offers/jobs/${tried.id}/actions/revert`))).body.id);
    assert.match(german(nothing.errors.at(-1)), /nur probiert/);
  });
});
