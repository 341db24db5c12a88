import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright';
import { assertAccessible, complaintsOf, openBrowser, openPage, visit, type Visit } from '#tests/support/browser.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const README = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');

/** What the README says is clicked, in its order. */
const SAID = [
  ...(/\n1\. [\s\S]*/.exec(/## Ten minutes[\s\S]*?(?=\n## )/.exec(README)?.[0] ?? '')?.[0] ?? '').matchAll(/\*\*(.+?)\*\*/g),
].map(([, name]) => name);

let visitor: Visit;
let page: Page;
const clicked: string[] = [];

describe('The tour of the README goes from the lead to the ledger', { skip: skipReason(testDatabaseUrl(), chromiumPath()) }, () => {
  before(async () => {
    visitor = await visit();
    ({ page } = visitor);
  });
  after(() => visitor?.end());

  test('A lead becomes a customer and an opportunity', lead);
  test('The opportunity becomes an offer, which the customer accepts at the link', offer);
  test('The offer becomes an order, which is delivered', order);
  test('The delivery is invoiced, and the invoice is paid', invoice);
  test('The ledger has its entry, and the audit what happened to it', ledger);
  test('These were the clicks of the README, and the browser complained about nothing', () => {
    assert.deepEqual(clicked, SAID);
    assert.deepEqual(visitor.complaints, []);
  });
});

/** Clicks what is called so; what a dialog asks then is answered by the same word. */
async function click(name: string, role: 'button' | 'link' | 'tab' = 'button'): Promise<void> {
  clicked.push(name);
  await page.getByRole(role, { name, exact: true }).first().click();
}

async function confirm(name: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
}

async function lead(): Promise<void> {
  await click('Leads', 'link');
  await click('New Lead', 'link');
  await page.getByRole('textbox', { name: 'Name' }).fill('Ida Gerber');
  await page.getByLabel('Company').fill('Gerber GmbH');
  await page.getByLabel('E-mail').fill('ida@gerber.example');
  await assertAccessible(page, 'a new lead');
  await click('Save');
  await page.getByRole('heading', { level: 1, name: 'Ida Gerber' }).waitFor();
  await click('Convert');
  assert.ok(await page.getByRole('dialog').getByLabel('With an opportunity').isChecked());
  await assertAccessible(page, 'the conversion of a lead');
  await confirm('Convert');
  await click('Open Opportunity');
  await page.getByRole('heading', { level: 1, name: 'Gerber GmbH' }).waitFor();
}

async function offer(): Promise<void> {
  await click('Lines', 'tab');
  await click('Add row');
  const row = page.locator('.line-row').first();
  await row.getByLabel('Description').fill('Office chairs');
  await row.getByLabel('Quantity').fill('10');
  await row.getByLabel('Unit price').fill('149');
  await click('Save');
  await page.getByText('€1,490.00').first().waitFor();
  await assertAccessible(page, 'an opportunity with lines');
  await click('Create offer');
  await click('Open Offer');
  await page.getByText('€1,773.10').first().waitFor();
  await click('Submit');
  await click('Send');
  await confirm('Send');
  const link = await page.getByLabel('Link for the customer').inputValue();
  const elsewhere = await openBrowser();
  const theirs = await openPage(elsewhere);
  const complaints = complaintsOf(theirs);
  await theirs.goto(link);
  await theirs.getByRole('button', { name: 'English' }).click();
  await theirs.getByLabel('Your name').fill('Ida Gerber');
  clicked.push('Accept offer');
  await theirs.getByRole('button', { name: 'Accept offer' }).click();
  await theirs.getByText(/Ida Gerber accepted it on/).waitFor();
  assert.deepEqual(complaints, []);
  await elsewhere.close();
}

async function order(): Promise<void> {
  await click('Convert to order');
  await confirm('Convert to order');
  await click('Open Order');
  await click('Confirm');
  await confirm('Confirm');
  await click('Create delivery note');
  await assertAccessible(page, 'the quantities of a delivery note');
  await confirm('Create delivery note');
  await click('Open Delivery note');
  await page.getByRole('heading', { level: 1, name: 'Delivery note' }).waitFor();
  await assertAccessible(page, 'a delivery note');
  await click('Ship');
  await confirm('Ship');
  await click('Confirm delivery');
  await page.getByRole('dialog').getByLabel('Received by').fill('Ida Gerber');
  await assertAccessible(page, 'the confirmation of a delivery');
  await confirm('Confirm delivery');
}

async function invoice(): Promise<void> {
  await click('Create invoice');
  await click('Open Invoice');
  await page.getByRole('heading', { level: 1, name: 'Invoice' }).waitFor();
  await click('Issue');
  await confirm('Issue');
  await documents().getByRole('link', { name: /^JE-/ }).waitFor();
  await click('Record payment');
  assert.equal(await page.getByRole('dialog').getByRole('combobox', { name: 'Method' }).inputValue(), 'Bank transfer');
  await assertAccessible(page, 'the payment of an invoice');
  await confirm('Record payment');
  await page.getByRole('list', { name: 'Progress: Status' }).locator('[aria-current]', { hasText: 'Paid' }).waitFor();
  await assertAccessible(page, 'a paid invoice');
}

async function ledger(): Promise<void> {
  clicked.push('JE-…');
  await documents()
    .getByRole('link', { name: /^JE-.*1$/ })
    .click();
  await page.getByRole('cell', { name: '€1,773.10' }).first().waitFor();
  await page.getByRole('cell', { name: '€283.10' }).first().waitFor();
  await assertAccessible(page, 'an entry of an invoice');
  await click('In all services', 'link');
  await page.getByText('TransactionPosted').first().waitFor();
  await assertAccessible(page, 'what the audit has of an entry');
  await click('Verify');
  await page.getByText(/^Verified up to position \d+: nothing was changed\./).waitFor();
}

function documents() {
  return page.getByRole('list', { name: 'Documents before and after' });
}
