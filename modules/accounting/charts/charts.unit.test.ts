import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { accountOfRole, type Role } from '../rules/account-of-role.ts';
import type { Chart } from './chart.ts';
import { CHARTS } from './charts.ts';
import { SKR03 } from './skr03.ts';
import { SKR04 } from './skr04.ts';

/** What is posted by whom: role, VAT category and rate, the number in SKR03, and that in SKR04, as DATEV publishes them. */
const NUMBERS: readonly (readonly [role: Role, category: string | null, rate: string | null, skr03: string, skr04: string])[] = [
  ['receivables', null, null, '1400', '1200'],
  ['payables', null, null, '1600', '3300'],
  ['cash', null, null, '1000', '1600'],
  ['bank', null, null, '1200', '1800'],
  // A service that takes payments is kept like one more bank: DATEV’s fifth.
  ['gatewayClearing', null, null, '1250', '1850'],
  ['transit', null, null, '1360', '1460'],
  ['stock', null, null, '3980', '1140'],
  ['costOfGoodsSold', null, null, '3950', '5881'],
  // A clearing account of the balance sheet: what has come and is not invoiced is owed, and no loss is made by it.
  ['goodsReceived', null, null, '1792', '3630'],
  ['vatInput', 'S', '19', '1576', '1406'],
  ['vatInput', 'S', '7', '1571', '1401'],
  ['vatOutput', 'S', '19', '1776', '3806'],
  ['vatOutput', 'S', '7', '1771', '3801'],
  ['vatOutput', 'S', '16', '1770', '3800'],
  ['customerDeposits', 'S', '19', '1718', '3272'],
  ['customerDeposits', 'S', '7', '1711', '3260'],
  ['customerDeposits', 'K', '0', '1710', '3250'],
  ['revenue', 'S', '19', '8400', '4400'],
  ['revenue', 'S', '7', '8300', '4300'],
  ['revenue', 'S', '16', '8200', '4200'],
  ['revenue', 'Z', '0', '8290', '4290'],
  ['revenue', 'E', '0', '8100', '4100'],
  ['revenue', 'G', '0', '8120', '4120'],
  ['revenue', 'K', '0', '8125', '4125'],
  ['revenue', 'AE', '0', '8336', '4336'],
  ['revenue', 'O', '0', '8338', '4338'],
  ['discount', 'S', '19', '8736', '4736'],
  ['discount', 'S', '7', '8731', '4731'],
  ['discount', 'K', '0', '8743', '4743'],
  ['discount', 'AE', '0', '8742', '4742'],
  ['discount', 'G', '0', '8730', '4730'],
  ['badDebt', 'S', '19', '2406', '6936'],
  ['badDebt', 'S', '7', '2401', '6931'],
  ['badDebt', 'K', '0', '2400', '6930'],
  ['exchangeGain', null, null, '2660', '4840'],
  ['exchangeLoss', null, null, '2150', '6880'],
  ['interestIncome', null, null, '2650', '7100'],
  ['dunningIncome', null, null, '8600', '4830'],
  ['gatewayFees', null, null, '4970', '6855'],
  ['chargebackFees', null, null, '4970', '6855'],
  ['retainedEarnings', null, null, '0860', '2970'],
  ['openingBalance', null, null, '9000', '9000'],
];

suite('The charts of accounts', () => {
  test('have the numbers of DATEV for what is posted by itself', () => {
    const told = NUMBERS.map(([role, category, rate]) => [
      role,
      category,
      rate,
      numberOf(SKR03, role, { category, rate }),
      numberOf(SKR04, role, { category, rate }),
    ]);
    assert.deepEqual(told, NUMBERS);
  });

  test('have each number once, and headings before what is part of them', () => {
    for (const { name, accounts } of CHARTS) {
      const known = new Set<string>();
      for (const [code, , german, english, settings] of accounts) {
        assert.ok(!known.has(code), `${name}: ${code} stands there twice`);
        if (settings?.in !== undefined) assert.ok(known.has(settings.in), `${name}: ${code} is part of ${settings.in}, which comes later`);
        assert.ok(german.length <= 160 && english.length <= 160, `${name}: the name of ${code} is too long`);
        known.add(code);
      }
    }
  });
});

function numberOf({ accounts }: Chart, role: Role, vat: { readonly category: string | null; readonly rate: string | null }): string {
  const told = accounts.map(([code, , , , settings = {}]) => ({ code, ...settings })).toSorted((a, b) => (a.code < b.code ? -1 : 1));
  return accountOfRole(told, role, vat)?.code ?? 'none';
}
