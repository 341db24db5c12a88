import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { auditHeads, auditIndex, auditLine, type AuditColumn } from './gobd.ts';

const COLUMNS: readonly AuditColumn[] = [
  { name: 'Text', kind: 'text' },
  { name: 'Nummer', kind: 'text', isKey: true },
  { name: 'Datum', kind: 'date' },
  { name: 'Soll', kind: 'number' },
];

suite('Files for a tax audit', () => {
  test('have texts in quotation marks, German days and decimals, and one line for each row', () => {
    assert.equal(auditHeads(COLUMNS), '"Text";"Nummer";"Datum";"Soll"\r\n');
    assert.equal(
      auditLine(COLUMNS, ['Ein "Wort";\nzwei', 'JE-1', '2026-01-31', '-1234.50']),
      '"Ein ""Wort""; zwei";"JE-1";31.01.2026;-1234,50\r\n',
    );
    assert.equal(auditLine(COLUMNS, [null, 'JE-2', undefined, '']), ';"JE-2";;\r\n');
  });

  test('are described: keys before other columns, and names that are no markup', () => {
    const table = { file: 'journal.csv', name: 'Journal', description: 'Alle Buchungen', columns: COLUMNS };
    const index = auditIndex({ supplier: 'Müller & <Söhne>', from: '2026-01-01', to: '2026-12-31' }, [table]);
    assert.match(index, /<Name>Müller &amp; &lt;Söhne&gt;<\/Name>/);
    assert.match(index, /<URL>journal.csv<\/URL>[^]*<From>01\.01\.2026<\/From><To>31\.12\.2026<\/To>/);
    const names = [...index.matchAll(/<(VariablePrimaryKey|VariableColumn)><Name>(\w+)<\/Name>/g)].map(
      ([, kind, name]) => `${kind} ${name}`,
    );
    assert.deepEqual(names, ['VariablePrimaryKey Nummer', 'VariableColumn Text', 'VariableColumn Datum', 'VariableColumn Soll']);
  });
});
