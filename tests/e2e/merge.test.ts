import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const CUSTOMERS = '/api/customers/customers';
const skip = skipReason(testDatabaseUrl(), chromiumPath());

describe('A clerk meets a customer twice', { skip }, () => {
  let visitor: Visit;
  let page: Page;
  let sales: Sales;
  let known: { id: string; number: string };

  before(async () => {
    visitor = await visit();
    ({ page } = visitor);
    sales = salesOf(visitor.installation.admin);
    known = await sales.create(CUSTOMERS, { name: 'Nordlicht Energie GmbH', email: 'post@nordlicht.example', phone: '+4940998877' });
    await sales.create('/api/customers/contacts', { customerId: known.id, name: 'Eva' });
    await sales.create('/api/offers/offers', { customerId: known.id, subject: 'Panels', lines: [] });
  });
  after(() => visitor?.end());

  test('While the second one is typed, the first is shown with the reasons, and saving goes on', async () => {
    await visitor.open('/o/customer/new');
    await page.getByRole('textbox', { name: 'Name' }).fill('Nordlicht Energie AG');
    const notice = page.getByRole('status').filter({ hasText: 'Perhaps the same, already there' });
    await notice.getByRole('link', { name: `Nordlicht Energie GmbH · ${known.number}` }).waitFor();
    await notice.getByText('similar Name').or(notice.getByText('same Name')).waitFor();
    await page.getByRole('textbox', { name: 'Phone' }).fill('+49 40 99 88 77');
    await notice.getByText(/same Phone/).waitFor();
    await assertAccessible(page, 'a new customer that may be there');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Nordlicht Energie AG' }).waitFor();
  });

  test('The two are compared, it is said what moves, and they are one', async () => {
    await page.getByRole('button', { name: 'Compare and merge with Nordlicht Energie GmbH' }).click();
    const dialog = page.getByRole('dialog', { name: 'Merge' });
    await dialog.getByText('1 Offer (Customer)').waitFor();
    await dialog.getByText('1 Contact (Customer)').waitFor();
    await dialog.getByText('Taken over, where this one has nothing: E-mail.').waitFor();
    await dialog.getByRole('radio', { name: 'Name: The other one' }).check();
    await assertAccessible(page, 'two customers compared');
    await dialog.getByRole('button', { name: 'Merge' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1, name: 'Nordlicht Energie GmbH' }).waitFor();
    await page.getByText('Perhaps the same, already there').waitFor({ state: 'detached' });
    const id = page.url().split('/').at(-1);
    const { email, formerNumbers } = await sales.read(`${CUSTOMERS}/${id}`);
    assert.deepEqual([email, formerNumbers], ['post@nordlicht.example', known.number]);
    await visitor.open(`/o/customer/${known.id}`);
    await page.waitForURL(`**/o/customer/${id}`);
    assert.deepEqual(visitor.complaints, []);
  });
});
