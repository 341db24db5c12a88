import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright';
import { assertAccessible, complaintsOf, openBrowser } from '#tests/support/browser.ts';
import { clientOf } from '#tests/support/client.ts';
import { startBare, type Bare } from '#tests/support/installation.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

describe('An administrator shapes offers in the browser', { skip }, () => {
  let installation: Bare;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[] = [];
  let key = '';

  before(async () => {
    installation = await startBare();
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
    page.setDefaultTimeout(10_000);
    complaints = complaintsOf(page);
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });
  const open = (path: string) => page.goto(`${installation.url}${path}`);

  test('The link of the first start leads to the set-up, and from there to the home page', async () => {
    await page.goto(installation.setupLink);
    await assertAccessible(page, 'set-up');
    await page.getByLabel('Company').fill('Nordlicht GmbH');
    await page.getByLabel('Country').click();
    await page.getByRole('option', { name: 'Germany' }).click();
    assert.equal(await page.getByLabel('Currency').inputValue(), 'EUR');
    await page.getByLabel('Your name').fill('Ana Sommer');
    await page.getByLabel('E-mail').fill('ana@example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('heading', { name: 'Hello Ana' }).waitFor();
    await assertAccessible(page, 'home');
  });

  test('A customer needs only a name', async () => {
    await open('/o/customer/new');
    await assertAccessible(page, 'new customer');
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByText(/Name (is|must|needs)/)
      .first()
      .waitFor();
    await page.getByLabel('Name', { exact: false }).first().fill('Müller & Söhne');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Müller & Söhne' }).waitFor();
    await assertAccessible(page, 'customer');
  });

  test('A choice is added from the "+" of the list, and is a column at once', async () => {
    await open('/o/offer');
    await page.getByText('No Offers yet.').waitFor();
    await assertAccessible(page, 'empty list');
    await open('/settings/objects/offer');
    await page.getByRole('button', { name: 'New field' }).click();
    await page.getByRole('button', { name: /^Choice/ }).waitFor();
    await assertAccessible(page, 'new field, types');
    await page.getByRole('button', { name: /^Choice/ }).click();
    await page.getByLabel('Label').fill('Priority');
    assert.equal(await page.getByLabel('API name').inputValue(), 'priority');
    await page.getByLabel('Option 1', { exact: true }).fill('Low');
    await page.getByLabel('Option 2', { exact: true }).fill('High');
    await assertAccessible(page, 'new field, settings');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Priority is there.').waitFor();
    await page.getByRole('cell', { name: 'priority', exact: true }).waitFor();
    await assertAccessible(page, 'fields of an object');
  });

  test('An offer with lines gets its totals, the new field among its own', async () => {
    await open('/o/offer/new');
    await page.getByRole('textbox', { name: 'Customer' }).click();
    await page.getByRole('option', { name: /Müller/ }).click();
    await page.getByLabel('Subject').fill('Garden furniture');
    await page.getByRole('textbox', { name: 'Priority' }).click();
    await page.getByRole('option', { name: 'High' }).click();
    await page.getByRole('button', { name: 'Add row' }).click();
    const row = page.locator('.line-row').first();
    await row.getByLabel('Description').fill('Bench');
    await row.getByLabel('Quantity').fill('3');
    await row.getByLabel('Unit price').fill('99.50');
    await assertAccessible(page, 'new offer');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('€298.50').first().waitFor();
    await page.getByText('Draft').first().waitFor();
    await assertAccessible(page, 'offer');
  });

  test('A money field is added from the "+" at the end of the list\'s header', async () => {
    await open('/o/offer');
    await page.getByRole('button', { name: 'New field' }).click();
    await page.getByRole('textbox', { name: 'Search types' }).fill('exact amount');
    await page.getByRole('button', { name: /^Money/ }).click();
    await page.getByLabel('Label').fill('Deposit');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('columnheader', { name: 'Deposit' }).waitFor();
    await assertAccessible(page, 'list');
    assert.match(page.url(), /columns=/);
  });

  test('The layout editor moves it up with keys, and the page follows', async () => {
    await open('/settings/objects/offer?tab=layouts');
    const deposit = page.locator('.layout-item', { hasText: 'Deposit' });
    await deposit.waitFor();
    await assertAccessible(page, 'layout editor');
    await deposit.getByRole('button', { name: 'Move Deposit up' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The layout is in force.').waitFor();
    await open('/o/offer');
    await page.getByRole('link', { name: 'Open', exact: true }).first().click();
    await page.getByLabel('Deposit').fill('50');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Offer saved.').waitFor();
    const history = page.getByRole('complementary', { name: 'History' });
    await history.getByText('Deposit').waitFor();
    assert.match(await history.innerText(), /€50/);
  });

  test('Unsaved input survives a reload', async () => {
    await page.getByLabel('Subject').fill('Garden furniture, revised');
    await page.reload();
    await page.getByText('Your unsaved input was restored.').waitFor();
    assert.equal(await page.getByLabel('Subject').inputValue(), 'Garden furniture, revised');
    await page.getByRole('button', { name: 'Discard' }).first().click();
    assert.equal(await page.getByLabel('Subject').inputValue(), 'Garden furniture');
  });

  test('The list filters by the new field, and the filter is in the URL', async () => {
    await open('/o/offer');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('button', { name: 'Add condition' }).click();
    await page.getByRole('textbox', { name: 'Field' }).click();
    await page.getByRole('option', { name: 'Priority' }).click();
    await page.getByRole('textbox', { name: 'Value' }).click();
    await page.getByRole('option', { name: 'Low' }).click();
    await page.getByText('Nothing found.').waitFor();
    assert.match(decodeURIComponent(page.url()), /priority/);
    await page.reload();
    await page.getByText('Nothing found.').waitFor();
    await assertAccessible(page, 'filtered list');
  });

  test('A program reads the new fields with a key made in the browser', async () => {
    await open('/settings/keys');
    await assertAccessible(page, 'keys');
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Shop');
    await page.getByRole('textbox', { name: 'Roles' }).click();
    await page.getByRole('option', { name: 'Administrator' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Save' }).click();
    key = (await page.getByTestId('api-key').innerText()).trim();
    await assertAccessible(page, 'a new key');
    const list = await clientOf(installation.url, key).get('/api/offers/offers?fields=priority,deposit,netTotal&filter[priority]=high');
    assert.deepEqual(list.body.items, [{ priority: 'high', deposit: '50', netTotal: '298.50' }]);
  });

  test('The change log shows both fields and takes one back', async () => {
    await open('/settings/changes');
    await page.getByText('Field Deposit added to Offer').waitFor();
    await page.getByText('Field Priority added to Offer').waitFor();
    await assertAccessible(page, 'change log');
    const entry = page.getByRole('row', { name: /Field Deposit added/ });
    await entry.getByRole('button', { name: /Undo/ }).click();
    await page.getByText('Taken back.').waitFor();
    const list = await clientOf(installation.url, key).get('/api/offers/offers?fields=deposit');
    assert.equal(list.status, 400);
    assert.match(list.body.detail, /no field deposit/i);
  });

  test('The rest of the set-up is there, in German and in the dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.getByRole('button', { name: /Signed in as/ }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    for (const path of [
      '/',
      '/o/offer',
      '/o/customer',
      '/settings/objects',
      '/settings/users',
      '/settings/services',
      '/settings/objects/offer?tab=permissions',
      '/settings/objects/offer?tab=api',
      '/settings/objects/offer?tab=history',
    ]) {
      await open(path);
      await page.locator('h1').waitFor();
      await assertAccessible(page, `${path} in the dark`);
    }
    await page.getByRole('link', { name: 'Angebote' }).first().waitFor();
  });

  test('The browser complained about nothing', () => {
    assert.deepEqual(complaints, []);
  });
});
