import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright';
import { billingOf } from '#tests/support/billing.ts';
import { assertAccessible, complaintsOf, visit, type Visit } from '#tests/support/browser.ts';
import { eventually } from '#tests/support/eventually.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const ENTRIES = '/api/accounting/journal-entries?filter[documentType]=payment';

describe('A customer at the link of an invoice', { skip: skipReason(testDatabaseUrl(), chromiumPath()) }, () => {
  let here: Visit;
  let sales: Sales;
  let invoice: string;
  let page: Page;
  let complaints: readonly string[];

  before(async () => {
    here = await visit();
    sales = salesOf(here.installation.admin);
    const billing = await billingOf(here.installation, sales);
    await eventually('the rules', async () => (await sales.client.get('/api/accounting/posting-rules')).body.items?.length > 10);
    const gateway = await sales.create('/api/payments/gateway-accounts', { name: 'Cards', webhookName: 'cards', isOffered: true });
    await sales.act(`/api/payments/gateway-accounts/${gateway.id}`, 'set-keys', { secretKey: 'sim_test_key', webhookSecret: 'whsec_test' });
    invoice = await billing.issued('100');
    const { openItemId } = await sales.until(invoice, 'has its open item', (known) => Boolean(known.openItemId));
    const link = (await sales.client.post(`/api/payments/open-items/${openItemId}/actions/pay-link`, {})).body;
    const url: string = JSON.stringify(link).match(/\/public\/payments\/pay\/[\w.-]+/)?.[0] ?? '';
    const stranger = await here.page.context().browser()?.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
    assert.ok(stranger);
    page = await stranger.newPage();
    complaints = complaintsOf(page);
    await page.goto(`${here.installation.url}${url}`);
  });
  after(() => here?.end());

  test('is told when the payment did not go through, and owes it still', async () => {
    await page.getByRole('button', { name: 'Pay €119.00' }).click();
    await page.getByText('Simulated gateway: €119.00').waitFor();
    await assertAccessible(page, 'the page of the simulated gateway');
    await page.getByRole('button', { name: 'Card declined' }).click();
    await page.getByText('The payment did not go through').waitFor();
    assert.equal((await sales.client.get(invoice)).body.outstanding, '119.00');
  });

  test('pays, without signing in, and the payment is in the ledger', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: 'Pay €119.00' }).click();
    await page.getByText('Simulated gateway: €119.00').waitFor();
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await page.getByText('It is paid').waitFor();
    assert.equal(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      0,
      'nothing is cut off on a telephone',
    );
    await assertAccessible(page, 'a paid invoice');
    await sales.until(invoice, 'is paid', ({ status }) => status === 'paid');
    const [entry] = await eventually('the entry', async () => {
      const { items } = (await sales.client.get(ENTRIES)).body;
      return items.length > 0 && items;
    });
    assert.deepEqual([entry.status, entry.total], ['posted', '119.00']);
    assert.deepEqual(complaints, []);
  });
});
