import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { billingOf } from '#tests/support/billing.ts';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { salesOf } from '#tests/support/sales.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

describe('A clerk reminds who does not pay', { skip: skipReason(testDatabaseUrl(), chromiumPath()) }, () => {
  let visitor: Visit;
  before(async () => {
    visitor = await visit();
    const sales = salesOf(visitor.installation.admin);
    const billing = await billingOf(visitor.installation, sales);
    const late = await sales.create('/api/customers/customers', { name: 'Late Ltd', language: 'en' });
    await billing.issuedBefore(20, '100', late);
    await billing.issuedBefore(20, '200', late);
  });
  after(() => visitor?.end());

  test('A new run shows its letters; what is taken out is in none; the letters are written', async () => {
    const { page } = visitor;
    await visitor.open('/o/dunning_run/new');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'DR-00001' }).waitFor();
    await page.getByRole('cell', { name: '€357.00' }).first().waitFor();
    await page.locator('.line-row').filter({ hasText: '€238.00' }).getByRole('checkbox').uncheck();
    await page.keyboard.press('Control+s');
    await page.getByRole('cell', { name: '€357.00' }).first().waitFor({ state: 'detached' });
    await assertAccessible(page, 'the preview of a dunning run');
    await page.getByRole('button', { name: 'Write letters' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Write letters' }).click();
    await page.getByText('In the state Done').waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'RE-00001' }).first().click();
    await page.getByText('Payment reminder').first().waitFor();
    await page.getByText('€119.00').first().waitFor();
    await assertAccessible(page, 'a reminder');
    assert.deepEqual(visitor.complaints, []);
  });

  test('What customers owe leads to each account, and from there to the invoice; it leaves as CSV and PDF', async () => {
    const { page } = visitor;
    await visitor.open('/');
    await page.getByRole('navigation').getByRole('link', { name: 'Reports', exact: true }).click();
    await page.getByRole('link', { name: 'Ageing of receivables' }).click();
    const owed = page.getByRole('row').filter({ hasText: 'Late Ltd' });
    await owed.getByRole('link', { name: '357.00' }).waitFor();
    await assertAccessible(page, 'the ageing of receivables');
    await owed.getByRole('link', { name: '357.00' }).press('Enter');
    await page.getByRole('row').filter({ hasText: 'Closing balance' }).getByText('357.00').waitFor();
    await assertAccessible(page, 'a statement of account');
    for (const [name, type] of [
      ['CSV', /^text\/csv/],
      ['PDF', /^application\/pdf/],
    ] as const) {
      const address = await page.getByRole('link', { name, exact: true }).getAttribute('href');
      const file = await page.request.get(new URL(address ?? '', page.url()).href);
      assert.match(file.headers()['content-type'] ?? '', type);
    }
    await page.getByRole('link', { name: 'IN-2026-00001' }).click();
    await page.getByRole('heading', { name: 'IN-2026-00001' }).waitFor();
    assert.deepEqual(visitor.complaints, []);
  });
});
