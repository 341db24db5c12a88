import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright';
import { assertAccessible, complaintsOf, openBrowser, openPage } from '#tests/support/browser.ts';
import { startBare, type Bare } from '#tests/support/installation.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

describe('The first five minutes', { skip }, () => {
  let installation: Bare;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[] = [];

  before(async () => {
    installation = await startBare();
    browser = await openBrowser();
    page = await openPage(browser);
    complaints = complaintsOf(page);
  });
  after(async () => {
    await browser?.close();
    await installation?.stop();
  });

  test('Without the link of the start, the set-up says where to find it', async () => {
    await page.goto(installation.url);
    await page.getByText('Open the link that the start printed').waitFor();
    await assertAccessible(page, 'set-up without its link');
    await page.goto(`${installation.url}/setup?token=guessed`);
    await page.getByText('This link is not valid any more').waitFor();
    assert.equal(await page.getByRole('textbox').count(), 0);
  });

  test('The link of the first start leads to the set-up, and from there to the home page', async () => {
    await page.goto(installation.setupLink);
    await assertAccessible(page, 'set-up');
    await page.getByRole('textbox', { name: 'Company' }).fill('Nordlicht GmbH');
    await page.getByRole('combobox', { name: 'Country' }).click();
    await page.getByRole('option', { name: 'Germany' }).click();
    assert.equal(await page.getByRole('textbox', { name: 'Currency' }).inputValue(), 'EUR');
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ana Sommer');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('ana@example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill('short');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('Choose a password of at least 10 characters.').first().waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('heading', { name: 'Hello Ana' }).waitFor();
    await assertAccessible(page, 'home');
  });

  test('Signed out, a wrong password is refused with a sentence, the right one leads back to where one was', async () => {
    await page.getByRole('button', { name: 'Signed in as Ana Sommer' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.goto(`${installation.url}/o/customer`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await assertAccessible(page, 'sign-in');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('ana@example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor();
  });

  test('The browser complained about nothing', () => {
    assert.deepEqual(complaints, []);
  });
});
