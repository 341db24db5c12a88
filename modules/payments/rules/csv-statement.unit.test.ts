import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { csvStatement, type CsvFormat } from './csv-statement.ts';

type Shipped = CsvFormat & { readonly key: string };

const FORMATS: readonly Shipped[] = JSON.parse(
  readFileSync(new URL('../../../metadata/payments/bank_csv_format/seed.json', import.meta.url), 'utf8'),
);

/** A sample that a bank might have written, read by the format that is shipped for it. */
function sample(key: string) {
  const format = FORMATS.find((one) => one.key === key);
  assert.ok(format, key);
  return csvStatement(readFileSync(new URL(`samples/${key}.csv`, import.meta.url), 'utf8'), format);
}

describe('Statements as banks write them are read by the formats that come with the product', () => {
  test('of a Sparkasse: the newest first, decimal commas, quotation marks and semicolons in texts', () => {
    const { transactions } = sample('sparkasse');
    assert.deepEqual(
      transactions.map(({ date, amount, name }) => [date, amount, name]),
      [
        ['2026-10-01', '-213', 'Stadtwerke'],
        ['2026-10-02', '1166.2', 'Müller & Söhne GmbH'],
        ['2026-10-05', '-4.9', null],
      ],
    );
    assert.deepEqual(
      [transactions[0]?.text, transactions[1]?.iban, transactions[1]?.currency],
      ['Strom Abschlag "Oktober"; Kd 4711', 'DE02120300000000202051', 'EUR'],
    );
  });

  test('of N26: commas between, points in amounts', () => {
    const { transactions } = sample('n26');
    assert.deepEqual(
      transactions.map(({ date, valueDate, amount, name, text }) => [date, valueDate, amount, name, text]),
      [
        ['2026-10-01', '2026-10-01', '119', 'Adler, Sons', 'IN-2026-00007'],
        ['2026-10-03', '2026-10-03', '-1045.5', 'Office Supplies Ltd', ''],
      ],
    );
  });
});
