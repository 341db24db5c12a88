import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { exact } from '#platform/kernel/decimal.ts';
import { accountName, accountTree, type ToldAccount } from './account-tree.ts';

const account = (code: string, parentId: string | null, type: ToldAccount['type'] = 'asset'): ToldAccount => ({
  id: code,
  code,
  name: `Konto ${code}`,
  nameEn: code === '1' ? 'Assets' : null,
  type,
  parentId,
});
const FIGURES: Readonly<Record<string, readonly [number, number]>> = { 10: [5, 1], 11: [0, 0], 120: [2, 2], 121: [-1, 0] };

suite('A tree of accounts', () => {
  test('stands by number, sums what is part of each heading, and leaves out what is nothing', () => {
    const accounts = [
      account('12', '1'),
      account('121', '12'),
      account('1', null),
      account('10', '1'),
      account('11', '1'),
      account('120', '12'),
    ];
    const rows = accountTree(accounts, ({ code }) => (FIGURES[code] ?? [0, 0]).map(exact), 1);
    assert.deepEqual(
      rows.map(({ account: { code }, level, isGroup, figures }) => [code, level, isGroup, figures.join()]),
      [
        ['1', 1, true, '6,3'],
        ['10', 2, false, '5,1'],
        ['12', 2, true, '1,2'],
        ['120', 3, false, '2,2'],
        ['121', 3, false, '-1,0'],
      ],
    );
  });

  test('calls accounts in the language of the reader, as far as they have a name in it', () => {
    assert.deepEqual([accountName(account('1', null), 'en'), accountName(account('1', null), 'de')], ['1 Assets', '1 Konto 1']);
  });
});
