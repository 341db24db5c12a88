import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ToldAccount } from './account-tree.ts';
import { accountLines, entryText, exportedName } from './plain-text-ledger.ts';

const DEBTORS: ToldAccount = {
  id: 'a',
  code: '1310',
  name: 'Forderungen',
  nameEn: 'Trade  receivables: all; of them',
  type: 'asset',
  parentId: null,
};

suite('Plain-text accounting', () => {
  test('has names that it does not take apart', () => {
    assert.equal(exportedName(DEBTORS), 'assets:1310 Trade receivables. all of them');
    assert.equal(accountLines([DEBTORS]), 'account assets:1310 Trade receivables. all of them  ; type: A\n\n');
  });

  test('has an entry with its number, and what stands in it can end no line', () => {
    const text = entryText(
      {
        number: 'JE-2026-000001',
        date: '2026-01-31',
        documentType: 'invoice',
        reference: 'IN-2026-00001',
        description: 'Sold; two\nbolts | nuts',
        currency: 'EUR',
        lines: [
          { accountId: 'a', debit: '119.00', credit: null, text: null },
          { accountId: 'b', debit: null, credit: '119.00', text: '2 bolts;\n    evil  1 EUR' },
        ],
      },
      (id) => (id === 'a' ? 'assets:1310' : 'revenues:4110'),
    );
    assert.equal(
      text,
      [
        '2026-01-31 * (JE-2026-000001) Sold two bolts / nuts IN-2026-00001',
        '    ; document: invoice, reference: IN-2026-00001',
        '    assets:1310  119.00 EUR',
        '    revenues:4110  -119.00 EUR  ; 2 bolts evil 1 EUR',
        '',
        '',
      ].join('\n'),
    );
  });
});
