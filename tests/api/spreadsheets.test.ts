import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ZipFile } from 'yazl';
import type { Answer, Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { defineSpecimens, make, must, refusal, SPECIMENS } from './specimen.ts';

const database = testDatabaseUrl();
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
let installation: Installation;
let admin: Client;

before(async () => {
  if (skipReason(database)) return;
  installation = await startInstallation();
  ({ admin } = installation);
  await defineSpecimens(admin);
});
after(() => installation?.stop());

async function send(path: string, content: Uint8Array, options: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(options)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(content)], { type: XLSX }), 'specimens.xlsx');
  const headers = { authorization: `Bearer ${admin.token}` };
  const response = await fetch(`${admin.url}${SPECIMENS}/import${path}`, { method: 'POST', headers, body: form });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

async function imported(content: Uint8Array, options: Readonly<Record<string, string>> = {}): Promise<Answer['body']> {
  const { body } = await must(202, send('', content, options));
  return eventually('the end of the import', async () => {
    const job = (await must(200, admin.get(`/api/offers/jobs/${body.id}`))).body;
    return ['done', 'failed'].includes(job.state) && job;
  });
}

async function exported(query: string): Promise<Buffer> {
  const response = await fetch(`${admin.url}${SPECIMENS}/export?format=xlsx&${query}`, {
    headers: { authorization: `Bearer ${admin.token}` },
  });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), XLSX);
  return Buffer.from(await response.arrayBuffer());
}

/** A spreadsheet of two sheets, the rows of each as XML. */
async function spreadsheet(first: string, second: string): Promise<Buffer> {
  const rels = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const zip = new ZipFile();
  const add = (name: string, text: string): void => zip.addBuffer(Buffer.from(text), name);
  add('xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet name="Notes" r:id="a"/><sheet name="Data" r:id="b"/></sheets></workbook>');
  add(
    'xl/_rels/workbook.xml.rels',
    `<R><Relationship Id="a" Type="${rels}/worksheet" Target="a.xml"/><Relationship Id="b" Type="${rels}/worksheet" Target="b.xml"/><Relationship Id="c" Type="${rels}/styles" Target="s.xml"/></R>`,
  );
  add('xl/s.xml', '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>');
  add('xl/a.xml', `<worksheet><sheetData>${first}</sheetData></worksheet>`);
  add('xl/b.xml', `<worksheet><sheetData>${second}</sheetData></worksheet>`);
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

const row = (...cells: readonly string[]): string => `<row>${cells.map((text) => `<c t="str"><v>${text}</v></c>`).join('')}</row>`;

describe('Spreadsheets', { skip: skipReason(database) }, () => {
  test('what leaves as one comes back from it as it was', async () => {
    const values = { name: '=HYPERLINK("x")', worth: '1234.50', day: '2026-01-31', fresh: true, kind: 'stone', marks: ['red', 'blue'] };
    await make(admin, SPECIMENS, { code: 'X1', count: 7, ...values });
    await make(admin, SPECIMENS, { code: 'X2', name: '<b>&' });
    const fields = 'code,name,worth,day,fresh,kind,marks,count';
    const content = await exported(`filter[code][startsWith]=X&sort=code&fields=${fields}`);
    const back = async (): Promise<unknown> =>
      (await must(200, admin.get(`${SPECIMENS}?filter[code][startsWith]=X&sort=code&fields=${fields}`))).body.items;
    const were = await back();
    assert.deepEqual((await imported(content, { by: 'code' })).result, {
      rows: 2,
      created: 0,
      updated: 0,
      unchanged: 2,
      refused: 0,
      dryRun: false,
    });
    assert.deepEqual(await back(), were);
    await refusal(admin.get(`${SPECIMENS}/export?format=xlsx&fields=cod`), 400, 'unknown_name');
  });

  test('one sheet is chosen, its columns are recognised, and numbers and days mean what they show', async () => {
    const cells = '<c t="str"><v>S1</v></c><c><v>1.1000000000000001</v></c><c s="1"><v>46053</v></c><c t="str"><v>1.234,5</v></c>';
    const content = await spreadsheet(row('Read me'), `${row('Code', 'Worth', 'Day', 'weight')}<row>${cells}</row>`);
    const { body } = await must(200, send('/preview', content, { sheet: 'Data' }));
    assert.deepEqual([body.sheet, body.sheets, body.decimalComma], ['Data', ['Notes', 'Data'], true]);
    assert.deepEqual(
      body.columns.map(({ field, samples }: { field: string; samples: readonly string[] }) => [field, samples[0]]),
      [
        ['code', 'S1'],
        ['worth', '1.1'],
        ['day', '2026-01-31'],
        ['weight', '1.234,5'],
      ],
    );
    assert.deepEqual((await must(200, send('/preview', content))).body.sheet, 'Notes');
    const job = await imported(content, { sheet: 'Data', decimalComma: 'true' });
    assert.equal(job.result?.created, 1, JSON.stringify(job));
    const { worth, day, weight } = (await must(200, admin.get(`${SPECIMENS}/by/code/S1`))).body;
    assert.deepEqual([Number(worth), day, Number(weight)], [1.1, '2026-01-31', 1234.5]);
    await refusal(send('', content, { sheet: 'Other' }), 400, 'malformed_request');
    await refusal(send('', content, { sheet: 'Notes' }), 400, 'unknown_name');
  });

  test('what is no spreadsheet is refused before a job is made', async () => {
    await refusal(send('', Buffer.from('code\nx\n')), 415, 'unsupported_media_type');
    await refusal(send('', await spreadsheet('<!DOCTYPE x>', '')), 400, 'malformed_request');
    await refusal(send('/preview', await spreadsheet('', '')), 400, 'malformed_request');
    await refusal(send('/preview', await spreadsheet('', ''), { sheeet: 'x' }), 400, 'unknown_name');
  });
});
