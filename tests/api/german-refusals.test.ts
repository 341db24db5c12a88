import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Answer, Client } from '#tests/support/client.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { importedBy, sendImport } from './importing.ts';
import { defineSpecimens, make, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
/** Words that libraries of the platform say, and no German sentence has. */
const ENGLISH = /\b(must|expected|unexpected|missing|invalid|valid|not|the|unknown|unclosed|found|is|token|property|signature|line|or)\b/i;
const FIELDS = '/api/platform/objects/specimen/fields';

let installation: Installation;
let admin: Client;

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await defineSpecimens(admin);
});
after(() => installation?.stop());

/** What a refusal says in German: as a whole, and of each value. Empty where it has none. */
function germanIn({ sentence, errors = [] }: Answer['body']): readonly string[] {
  const ofValues = errors.map((error: Answer['body']) => error.sentence?.de ?? '');
  return sentence === undefined ? (ofValues.length > 0 ? ofValues : ['']) : [sentence.de, ...ofValues.filter(Boolean)];
}

function assertGerman(answer: Answer['body'], about: string): void {
  for (const said of germanIn(answer)) {
    assert.notEqual(said, '', `${about}: ${JSON.stringify(answer)}`);
    assert.doesNotMatch(said.replaceAll(/„.*?“|\(.*?\)/g, ''), ENGLISH, about);
  }
}

describe('What libraries refuse is said in German too', { skip: skipReason(database) }, () => {
  test('JSON that is none', async () => {
    const send = async (body: string): Promise<Answer['body']> => {
      const headers = { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' };
      const response = await fetch(`${admin.url}${SPECIMENS}`, { method: 'POST', headers, body });
      assert.equal(response.status, 400, body);
      return response.json();
    };
    for (const body of [
      '{',
      '{"name":}',
      '{"name":"a" "b"}',
      '[1,',
      '{"name":"a',
      '{"a":1} x',
      'nonsense',
      '['.repeat(60) + ']'.repeat(60),
    ])
      assertGerman(await send(body), body);
    assert.match((await send('{"name":\n1,}')).sentence.de, /Zeile 2, Spalte 3/);
    assertGerman((await admin.get(`${SPECIMENS}?filter={"name":`)).body, 'a filter');
  });

  test('Definitions of fields that break their schema, and patterns that cannot be read', async () => {
    const wrong: readonly object[] = [
      { name: 'a', label: 5, type: 'text' },
      { name: 'a', label: 'A', type: 'text', maxLength: 'x' },
      { name: 'a', label: 'A', type: 'text', maxLength: -1 },
      { name: 'a', label: 'A', type: 'text', required: 'yes' },
      { name: 'a', label: 'A', type: 'text', lenght: 4 },
      { name: 'a', label: 'A', type: 'select', options: [{ label: 5 }] },
      { name: 'a', label: 'A', type: 'select', options: 7 },
      { name: 'a', label: 'A', type: 'lookup' },
      ...['(', ')', '[', '*', '(?=x)', '\\1', 'a{9999}', '[z-a]', '\\', 'a**'].map((pattern) => ({
        name: 'a',
        label: 'A',
        type: 'text',
        pattern,
      })),
    ];
    for (const field of wrong) {
      const { status, body } = await admin.post(FIELDS, field);
      assert.ok([400, 422].includes(status), JSON.stringify(field));
      assertGerman(body, JSON.stringify(field));
    }
  });

  test('Uploads, spreadsheets and CSV that cannot be read', async () => {
    const headers = { authorization: `Bearer ${admin.token}`, 'content-type': 'multipart/form-data' };
    const upload = await fetch(`${admin.url}/api/offers/files`, { method: 'POST', headers, body: 'nonsense' });
    assertGerman(await upload.json(), 'no boundary');
    for (const content of ['PK\u0003\u0004 and nothing else', `name\n"${'x'.repeat(300_000)}`, 'name\n"a']) {
      const sent = await sendImport(admin, content);
      const refused = sent.status === 202 ? (await importedBy(admin, content)).errors[0] : sent.body;
      assertGerman({ ...refused, errors: [] }, content.slice(0, 20));
    }
  });

  test('Templates of documents that the typesetter cannot read', async () => {
    const path = '/api/invoices/document-templates/invoice/de';
    const { id } = await make(admin, '/api/invoices/invoices', {
      customerId: (await make(admin, '/api/customers/customers', { name: 'Lot' })).id,
      lines: [{ description: 'One', quantity: '1', unitPrice: '1' }],
    });
    for (const source of ['#nonsense', '#(1 + "a")', '#let x = ', '#(', '#doc.nowhere', '#table(colums: 2)', '#{ 1 / 0 }'])
      assertGerman((await admin.post(`${path}/preview`, { source, id })).body, source);
  });
});
