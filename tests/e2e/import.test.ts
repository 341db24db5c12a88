import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());
const ROWS = 1000;

/** A German spreadsheet of customers: every hundredth has no address that an e-mail could reach. */
function file(): Buffer {
  const rows = Array.from({ length: ROWS }, (_, at) => `Kunde ${at};${at % 100 === 7 ? 'nowhere' : `k${at}@example.com`};Köln;x`);
  return Buffer.from(`Name;E-mail;Ort;Rest\r\n${rows.join('\r\n')}\r\n`, 'latin1');
}

describe('A file of customers is imported', { skip }, () => {
  let visitor: Visit;
  let page: Page;

  before(async () => {
    visitor = await visit();
    ({ page } = visitor);
  });
  after(() => visitor?.end());

  const choose = (content: Buffer): Promise<void> =>
    page.locator('input[type=file]').setInputFiles({ name: 'kunden.csv', mimeType: 'text/csv', buffer: content });
  const count = async (): Promise<unknown> =>
    (await visitor.installation.admin.get('/api/customers/customers?limit=1&count=exact')).body.count;

  test('Its columns are recognised, with what stands in them; one is chosen by hand', async () => {
    await visitor.open('/o/customer');
    await page.getByRole('link', { name: 'Import a spreadsheet or CSV file' }).click();
    await page.getByRole('link', { name: 'An empty file with the right headers' }).waitFor();
    await assertAccessible(page, 'import');
    await choose(file());
    await page.getByText('What is in the columns of kunden.csv?').waitFor();
    await page.getByText('Köln · Köln · Köln').waitFor();
    assert.equal(await page.getByRole('combobox', { name: 'Field for Name' }).inputValue(), 'Name');
    assert.equal(await page.getByRole('combobox', { name: 'Field for E-mail' }).inputValue(), 'E-mail');
    await page.getByRole('combobox', { name: 'Field for Ort' }).click();
    await page
      .getByRole('option', { name: /: City$/ })
      .first()
      .click();
    await assertAccessible(page, 'import-columns');
  });

  test('Tried first, it tells the same as the import, and writes nothing', async () => {
    await page.getByRole('button', { name: 'Try it first' }).click();
    await page.getByText('Nothing was written. This is what the import would do.').waitFor();
    assert.deepEqual(await page.locator('.import-figure b').allInnerTexts(), ['1,000', '990', '0', '0', '10']);
    assert.equal(await count(), 0);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('The import is done.').waitFor();
    assert.deepEqual(await page.locator('.import-figure b').allInnerTexts(), ['1,000', '990', '0', '0', '10']);
    assert.equal(await count(), 990);
    await assertAccessible(page, 'import-done');
  });

  test('The refused rows say why, stay after a reload, and leave as a file', async () => {
    await page.reload();
    const refused = page.getByRole('row').filter({ hasText: 'E-mail' });
    await refused.first().waitFor();
    assert.equal(await page.locator('tbody tr').count(), 10);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'As a file, to correct and send again' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    assert.equal(text.trim().split('\r\n').length, 11);
    assert.match(text, /Kunde 107/);
  });

  test('The import is taken back', async () => {
    await page.getByRole('button', { name: 'Take the import back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take the import back' }).click();
    await page.getByText('The import is taken back.').waitFor({ timeout: 60_000 });
    assert.deepEqual(await page.locator('.import-figure b').allInnerTexts(), ['990', '0', '0']);
    assert.equal(await count(), 0);
    await assertAccessible(page, 'import-taken-back');
  });

  test('The columns of the next file with these headers are known', async () => {
    await visitor.open('/o/customer/import');
    await choose(file());
    await page.getByText('These headers are known').waitFor();
    assert.match(await page.getByRole('combobox', { name: 'Field for Ort' }).inputValue(), /: City$/);
    await assertAccessible(page, 'import-known');
  });

  test('Options that rows name and that are not there are added from where they are missed', async () => {
    const field = { name: 'trade', label: 'Trade', type: 'select', options: ['baker'] };
    await visitor.installation.admin.post('/api/platform/objects/customer/fields', field);
    await visitor.open('/o/customer/import');
    await choose(Buffer.from('Name,Trade\nAda,Baker\nBen,Miller\nCid,Smith\nDoe,Miller\n'));
    await page.getByRole('button', { name: 'Try it first' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'Rows name options that are not there' });
    await alert.getByText('Miller, Smith').waitFor();
    await assertAccessible(page, 'import-options');
    await alert.getByRole('button', { name: 'Add them as options' }).click();
    await alert.waitFor({ state: 'detached' });
    await page.getByText('Nothing was written. This is what the import would do.').waitFor();
    assert.deepEqual(await page.locator('.import-figure b').allInnerTexts(), ['4', '4', '0', '0', '0']);
  });

  test('The list leaves as a spreadsheet', async () => {
    await visitor.open('/o/customer');
    await page.getByRole('button', { name: 'Export' }).click();
    const item = page.getByRole('menuitem', { name: 'As a spreadsheet (XLSX)' });
    const [download] = await Promise.all([page.waitForEvent('download'), item.click()]);
    assert.equal(download.suggestedFilename(), 'customers.xlsx');
    assert.deepEqual([...(await readFile(await download.path())).subarray(0, 2)], [...Buffer.from('PK')]);
  });

  test('A file that is none is refused with a sentence', async () => {
    await visitor.open('/o/customer/import');
    await choose(Buffer.from(' \r\n'));
    await page.getByRole('alert').getByText('The file is empty. Its first line names the columns.').waitFor();
    await page.evaluate(() => localStorage.setItem('tessera.language', 'de'));
    await visitor.open('/o/customer/import');
    await choose(Buffer.from(' \r\n'));
    await page.getByRole('alert').getByText('Die Datei ist leer. Ihre erste Zeile nennt die Spalten.').waitFor();
    await choose(Buffer.from('PK\u0003\u0004 and nothing else'));
    await page.getByRole('alert').getByText('Die Tabelle lässt sich nicht lesen').waitFor();
    assert.deepEqual(
      visitor.complaints.filter((complaint) => !complaint.includes('status of 400')),
      [],
    );
  });
});
