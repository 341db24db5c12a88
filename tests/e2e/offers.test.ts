import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { pdfText } from '#tests/support/pdf-text.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

describe('A clerk writes an offer with the keyboard', { skip }, () => {
  let visitor: Visit;
  let page: Page;

  before(async () => {
    visitor = await visit();
    ({ page } = visitor);
    const { admin } = visitor.installation;
    await admin.post('/api/offers/products', { name: 'Garden bench', unit: 'piece', listPrice: '99.50' });
  });
  after(() => visitor?.end());

  test('A customer needs only a name; without it, the sentence stands at the field', async () => {
    await visitor.open('/o/customer/new');
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByText(/Name (is|must|needs)/)
      .first()
      .waitFor();
    await page.getByRole('textbox', { name: 'Name' }).first().fill('Müller & Söhne');
    await page.keyboard.press('Control+s');
    await page.getByRole('heading', { name: 'Müller & Söhne' }).waitFor();
    await assertAccessible(page, 'customer');
  });

  test('A new offer of the customer has its customer, and the day it is made', async () => {
    await page.getByRole('tab', { name: 'Documents' }).click();
    await page.getByRole('tab', { name: /Offers/ }).click();
    await page.getByRole('link', { name: 'New Offer' }).click();
    await page.getByRole('heading', { name: 'New Offer' }).waitFor();
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[name="customer"]')?.value === 'Müller & Söhne');
    assert.match(await page.getByLabel('Date', { exact: true }).inputValue(), /^\d{2}\/\d{2}\/\d{4}$/);
    await page.getByLabel('Subject').fill('Terrace');
  });

  test('A product fills its line, amounts run along, Enter adds the next line, Ctrl-Delete removes it', async () => {
    await page.getByRole('button', { name: 'Add row' }).click();
    const first = page.locator('.line-row').first();
    await first.getByLabel('Product').fill('bench');
    await page.getByRole('option', { name: /Garden bench/ }).click();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('.line-row input[name="description"]')?.value === 'Garden bench',
    );
    await first.getByLabel('Quantity').fill('3');
    await page.getByRole('cell', { name: '€298.50' }).waitFor();
    await first.getByLabel('Quantity').press('Enter');
    await page.locator('.line-row').nth(1).waitFor();
    await page.keyboard.type('nothing of the kind');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Delete');
    await page.locator('.line-row').nth(1).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+s');
    await page.getByRole('heading', { name: 'Terrace' }).waitFor();
    await page.getByText('€298.50').first().waitFor();
    await assertAccessible(page, 'an offer with lines');
  });

  test('Unsaved input survives a reload', async () => {
    await page.getByLabel('Subject').fill('Terrace, revised');
    await page.reload();
    await page.getByText('Your unsaved input was restored.').waitFor();
    assert.equal(await page.getByLabel('Subject').inputValue(), 'Terrace, revised');
    await page.getByRole('button', { name: 'Discard' }).first().click();
    assert.equal(await page.getByLabel('Subject').inputValue(), 'Terrace');
  });

  test('It is submitted, where no policy asks for approval approved at once, and sent; then it has its number and takes no more input', async () => {
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Send this offer?').waitFor();
    await assertAccessible(page, 'a question before sending');
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await page.getByRole('heading', { name: /^OF-\d{4}-00001$/ }).waitFor();
    await page.getByText('it cannot be changed any more').waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Subject' }).count(), 0);
    await assertAccessible(page, 'a sent offer');
  });

  test('Its PDF is a click away, as it was sent', async () => {
    await page.getByRole('button', { name: 'PDF', exact: true }).click();
    const address = await page.getByRole('menuitem', { name: 'Open PDF' }).getAttribute('href');
    const pdf = await page.request.get(`${visitor.installation.url}${address}`);
    assert.equal(pdf.headers()['content-type'], 'application/pdf');
    assert.ok(pdfText(await pdf.body()).includes('Garden bench'));
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: /^Angebot OF-.*\.pdf$/ }).waitFor();
  });

  test('An administrator changes how offers look, sees it as they type, and goes back', () => changesTemplate(visitor));

  test('A customer with offers stays; one without is in the recycle bin, and back at a click', async () => {
    await visitor.installation.admin.post('/api/customers/customers', { name: 'Lonely Ltd' });
    const remove = async (name: string): Promise<void> => {
      await visitor.open('/o/customer');
      await page.getByRole('link', { name }).click();
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
    };
    await remove('Müller & Söhne');
    await page
      .getByText(/is used by an Offer \(Customer\)/)
      .first()
      .waitFor();
    await remove('Lonely Ltd');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'Lonely Ltd' }).waitFor();
  });

  test('A price is tried from the pricing rules, with its steps, and no offer is made', () => triesPrice(visitor));

  test('The browser complained about nothing', () => {
    assert.deepEqual(visitor.complaints, []);
  });
});

async function triesPrice({ page, open, installation }: Visit): Promise<void> {
  const rule = { name: 'Four at once', effect: 'discount', percent: '10', minimumQuantity: '4' };
  assert.equal((await installation.admin.post('/api/offers/pricing-rules', rule)).status, 201);
  await open('/o/pricing_rule');
  await page.getByRole('link', { name: 'Try a price' }).click();
  await page.getByText('Choose a customer and a product.').waitFor();
  await page.getByRole('textbox', { name: 'Customer' }).fill('Müller');
  await page.getByRole('option', { name: /Müller & Söhne/ }).click();
  await page.getByRole('textbox', { name: 'Product' }).fill('bench');
  await page.getByRole('option', { name: /Garden bench/ }).click();
  await page.getByText('€99.50').first().waitFor();
  await page.getByRole('textbox', { name: 'Quantity' }).fill('4');
  await page.getByRole('cell', { name: 'Four at once' }).waitFor();
  await page.getByText('€358.20').waitFor();
  await assertAccessible(page, 'the bench of prices');
  const { body } = await installation.admin.get('/api/offers/offers?count=exact');
  assert.equal(body.count, 1);
}

async function changesTemplate({ page, open }: Visit): Promise<void> {
  await open('/settings/documents');
  await page
    .getByRole('row', { name: /Offer German/ })
    .getByRole('link')
    .click();
  await page.getByRole('img', { name: 'How the document looks' }).waitFor();
  const source = page.getByRole('textbox', { name: 'Template' });
  const shipped = await source.inputValue();
  await source.fill(shipped.replace('#totals()', '#totals()\n#doc.totls.net'));
  await page.getByText(/^Line \d+: There is no doc\.totls\. Did you mean totals\?/).waitFor();
  await assertAccessible(page, 'template');
  await source.fill(shipped.replace('#totals()', '#totals()\nBis bald!'));
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. New documents look like this.').waitFor();
  await page.getByRole('button', { name: 'Back to the shipped one' }).click();
  await page.getByText('Version 2: back to the shipped one').waitFor();
  assert.equal(await source.inputValue(), shipped);
  await page.goBack();
  await page.goBack();
}
