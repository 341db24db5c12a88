import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { signInAs } from '#tests/support/people.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());
let seen: Visit;

before(async () => {
  if (!skip) seen = await visit();
});
after(() => seen?.end());

describe('What is refused, or asks for nothing yet, on the screens', { skip }, () => {
  test('is said at its field, in words that can be read, and the cursor stands in the first one', async () => {
    const { page, open } = seen;
    await open('/o/offer/new');
    await page.getByLabel('Subject').fill('x'.repeat(256));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^Subject .* 255/).waitFor();
    await page.locator('input[name=customer]:focus').waitFor();
  });

  test('is said in the language of whoever reads it', async () => {
    const { page, open } = seen;
    await page.evaluate(() => localStorage.setItem('tessera.language', 'de'));
    await open('/o/offer/new');
    await page.getByLabel('Betreff').fill('x'.repeat(256));
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Höchstens 255 Zeichen.').waitFor();
    await page.getByText('Bitte ausfüllen.').waitFor();
    await page.evaluate(() => localStorage.setItem('tessera.language', 'en'));
  });

  test('what is typed and not understood stays in sight, says so, and is not saved as something else', async () => {
    const { page, open } = seen;
    await open('/o/offer/new');
    const day = page.getByRole('textbox', { name: 'Valid until' });
    const said = page.getByText('This is no date.');
    await day.fill('31.2.2026');
    await page.getByLabel('Subject').click();
    await said.waitFor();
    assert.equal(await day.inputValue(), '31.2.2026');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^Valid until must be/).waitFor();
    assert.equal(await day.inputValue(), '31.2.2026');
    await assertAccessible(page, 'a day that is none');
    await day.fill('31.1.26');
    await page.getByRole('button', { name: '30 January 2026' }).waitFor();
    await page.getByLabel('Subject').click();
    assert.deepEqual([await day.inputValue(), await said.count()], ['31/01/2026', 0]);
    await day.click();
    await page.getByRole('button', { name: '30 January 2026' }).click();
    assert.equal(await day.inputValue(), '30/01/2026');
  });

  test('a currency is chosen by its code or its name', async () => {
    const { page, open } = seen;
    await open('/o/offer/new');
    await page.getByRole('combobox', { name: 'Currency' }).fill('yen');
    await page.getByRole('option', { name: 'JPY · Japanese Yen' }).click();
    assert.equal(await page.getByRole('combobox', { name: 'Currency' }).inputValue(), 'JPY · Japanese Yen');
  });

  test('of a record that is not there it says so, and leads to the others', async () => {
    const { page, open } = seen;
    await open('/o/offer/01a21a19-fe98-7000-8b8f-6314930497aa');
    await page.getByRole('heading', { level: 1, name: 'Offer not found' }).waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
    await assertAccessible(page, 'a record that is not there');
    await page.getByRole('link', { name: 'All Offers' }).click();
    await page.getByRole('heading', { level: 1, name: 'Offers' }).waitFor();
  });

  test('a condition without a value asks for nothing, so there is nothing to save; a telephone keeps what is seldom used behind a button', async () => {
    const { page, open } = seen;
    await open('/o/offer');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('button', { name: 'Add condition' }).click();
    await page.getByRole('button', { name: 'Clear filter' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Save view' }).count(), 0);
    await page.setViewportSize({ width: 390, height: 844 });
    await open('/o/offer');
    await page.getByRole('button', { name: 'More tools' }).click();
    await page.getByRole('button', { name: 'Columns' }).waitFor();
    await assertAccessible(page, 'the tools of a list on a telephone');
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('who is no administrator is told whose the set-up is', async () => {
    const { installation, page, open } = seen;
    await signInAs(installation, 'warehouse');
    await page.context().clearCookies();
    await open('/login');
    await page.getByLabel('E-mail').fill('warehouse@example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery staple');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Hello' }).waitFor();
    for (const path of ['/settings/users', '/settings/objects/offer', '/settings/changes']) {
      await open(path);
      await page.getByRole('heading', { level: 1, name: 'This page is for administrators' }).waitFor();
    }
    assert.deepEqual(seen.complaints, []);
  });
});
