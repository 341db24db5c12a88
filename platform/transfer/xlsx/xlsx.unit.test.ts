import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, test } from 'node:test';
import { ZipFile } from 'yazl';
import { instantIn } from '#platform/kernel/dates.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { openArchive, readWhole } from './archive.ts';
import { momentOf, numberKind, shownNumber } from './number-format.ts';
import { sheetRows } from './sheet-rows.ts';
import type { CellValue, SheetColumn } from './sheet-xml.ts';
import { openWorkbook } from './workbook.ts';
import { workbookBytes } from './write-workbook.ts';

async function collected(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
}

function zipped(parts: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return collected(Readable.from(zip.outputStream));
}

const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A spreadsheet by hand, as other programs write them: one sheet, and what it refers to. */
function spreadsheet(sheet: string, more: Readonly<Record<string, string>> = {}, properties = ''): Promise<Buffer> {
  return zipped({
    '_rels/.rels': `<Relationships><Relationship Id="a" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<x:workbook xmlns:x="m" xmlns:r="r">${properties}<x:sheets><x:sheet name="Data &amp; more" r:id="r1"/></x:sheets></x:workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Type="${REL}/worksheet" Target="worksheets/sheet1.xml"/>
      <Relationship Id="r2" Type="${REL}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="r3" Type="${REL}/styles" Target="styles.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheet,
    ...more,
  });
}

async function rowsOf(content: Buffer, decimalComma = false): Promise<readonly (readonly string[])[]> {
  const workbook = await openWorkbook(content);
  const rows: (readonly string[])[] = [];
  for (const sheet of workbook.sheets) for await (const row of sheetRows(workbook, sheet, { decimalComma })) rows.push(row.cells);
  return rows;
}

async function* batchesOf(...batches: readonly (readonly (readonly CellValue[])[])[]) {
  yield* batches;
}

describe('XLSX', () => {
  test('what is written is read again: exact numbers, days, moments in their zone, and text that looks like something else', async () => {
    const columns: readonly SheetColumn[] = [
      { title: 'name', kind: 'text' },
      { title: 'amount', kind: 'number' },
      { title: 'share', kind: 'percent' },
      { title: 'day', kind: 'date' },
      { title: 'at', kind: 'dateTime' },
      { title: 'fresh', kind: 'boolean' },
    ];
    const values = [
      ['=1+1', '1234.50', '19', '2026-01-31', '2026-07-31T13:45:10.000Z', true],
      [' <a & "b"> \u0001_x0041_\n', '12345678901234567890.12', '0.5', '1899-01-01', null, false],
      ['Ä'.repeat(40_000), '-0.1', null, null, null, null],
    ] as const;
    const content = await collected(workbookBytes({ name: 'a/b', columns, batches: batchesOf(values), timeZone: 'Europe/Berlin' }));
    const [head, first, second, third] = await rowsOf(content);
    assert.deepEqual(head, ['name', 'amount', 'share', 'day', 'at', 'fresh']);
    assert.deepEqual(first, ['=1+1', '1234.5', '19%', '2026-01-31', '2026-07-31T15:45:10', 'true']);
    assert.deepEqual(second, [' <a & "b"> \u0001_x0041_\n', '12345678901234567890.12', '0.5%', '1899-01-01', '', 'false']);
    assert.deepEqual([third?.[0]?.length, third?.[1]], [32_767, '-0.1']);
    const tags = new Set<string>();
    await readWhole(await openArchive(content), 'xl/worksheets/sheet1.xml', { open: (tag) => void tags.add(tag) });
    assert.deepEqual([tags.has('c'), tags.has('f')], [true, false]);
  });

  test('what other programs write: shared and rich texts, styles, gaps, the calendar of 1904, numbers with binary noise', async () => {
    const sheet = `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row><row r="3"/>
      <row r="5"><c r="A5" s="1"><v>0</v></c><c r="B5"><v>1.1000000000000001</v></c><c r="C5" s="2"><v>0.5</v></c><c t="b"><v>1</v></c>
      <c t="str"><f>A1</f><v>12</v></c><c t="e"><v>#N/A</v></c><c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c><c s="3"><v>1.5E-3</v></c></row></sheetData></worksheet>`;
    const content = await spreadsheet(
      sheet,
      {
        'xl/sharedStrings.xml': '<sst><si><t>Na</t></si><si><r><t>Pri</t></r><r><t>ce</t></r><rPh><t>x</t></rPh></si></sst>',
        'xl/styles.xml':
          '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="10"/></cellXfs></styleSheet>',
      },
      '<x:workbookPr date1904="1"/>',
    );
    assert.deepEqual(await rowsOf(content), [
      ['Na', '', 'Price'],
      ['1904-01-01', '1.1', '12:00:00', 'true', '12', '#N/A', 'inline', '0.15%'],
    ]);
    assert.equal((await rowsOf(content, true))[1]?.[1], '1,1');
    assert.equal((await openWorkbook(content)).sheets[0]?.name, 'Data & more');
  });

  test('an instant comes back as it was: to the millisecond, and in the hour that clocks show twice', async () => {
    const instants = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.123Z', '2026-03-29T01:00:00.001Z', '2026-07-31T13:45:10.987Z'];
    const columns: readonly SheetColumn[] = [{ title: 'at', kind: 'dateTime' }];
    for (const timeZone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC']) {
      const batches = batchesOf(instants.map((at) => [at]));
      const [, ...rows] = await rowsOf(await collected(workbookBytes({ name: 'a', columns, batches, timeZone })));
      const read = rows.map(([text = '']) => new Date(text.endsWith('Z') ? text : (instantIn(timeZone, text) ?? '')).toISOString());
      assert.deepEqual(read, instants, timeZone);
    }
  });

  test('kinds of numbers, and their days', () => {
    const kinds = [
      ['General', 'number'],
      ['#,##0.00 "Std"', 'number'],
      ['[Red]0.0%', 'percent'],
      ['yyyy-mm-dd hh:mm', 'dateTime'],
      ['mmm yy', 'date'],
      ['mm:ss', 'time'],
    ] as const;
    for (const [code, kind] of kinds) assert.equal(numberKind(200, code), kind, code);
    assert.deepEqual([numberKind(14, undefined), numberKind(22, undefined), numberKind(1, undefined)], ['date', 'dateTime', 'number']);
    assert.deepEqual(
      [shownNumber('1e3'), shownNumber('0.30000000000000004'), shownNumber('x'), shownNumber('-5')],
      ['1000', '0.3', null, '-5'],
    );
    assert.deepEqual(
      [momentOf('46053', 'date', false), momentOf('46053.5', 'date', false), momentOf('-1', 'date', false)],
      ['2026-01-31', '2026-01-31T12:00:00', null],
    );
  });

  test('what is no spreadsheet, is damaged or means harm is refused', async () => {
    const refused = async (content: Buffer, pattern: RegExp): Promise<void> => {
      await assert.rejects(rowsOf(content), (error) => error instanceof Refusal && pattern.test(error.message));
    };
    await refused(Buffer.from('PK\u0003\u0004 and nothing else'), /cannot be read/);
    await refused(await zipped({ 'a.txt': 'x' }), /no XLSX file/);
    await refused(await spreadsheet('<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'), /document type/);
    await refused(await spreadsheet('<worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>'), /cannot be read/);
    await refused(await spreadsheet(`<worksheet><v>${'9'.repeat(3_000_000)}</v></worksheet>`), /too long/);
    await refused(await spreadsheet(`<worksheet a="${'9'.repeat(3_000_000)}"/>`), /too long/);
    await refused(
      await spreadsheet('<worksheet><sheetData><row><c r="ZZ1" t="str"><v>x</v></c></row></sheetData></worksheet>'),
      /500 columns/,
    );
    await refused(await spreadsheet('<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>'), /not there/);
    const content = await spreadsheet(`<worksheet>${'<row/>'.repeat(100_000)}</worksheet>`);
    const directory = content.lastIndexOf('xl/worksheets/sheet1.xml') - 46;
    content.writeUInt32LE(10, directory + 24);
    await refused(content, /cannot be read/);
  });
});
