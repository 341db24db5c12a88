import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());
const CUSTOMERS = '/api/customers/customers';

describe('The palette', { skip }, () => {
  let visitor: Visit;
  let number: string;

  before(async () => {
    visitor = await visit();
    const { admin } = visitor.installation;
    for (const name of ['Zebra', 'Zebra crossing', 'The old zebra']) await admin.post(CUSTOMERS, { name });
    number = (await admin.get(`${CUSTOMERS}?filter[name]=Zebra`)).body.items[0].number;
    await admin.post('/api/offers/products', { name: 'Toy zebra' });
  });
  after(() => visitor?.end());

  const dialog = () => visitor.page.getByRole('dialog', { name: /Search or jump to|Suchen oder springen/ });
  const typed = () => dialog().getByRole('textbox');

  test('finds records of every object while one types, by keyboard alone', async () => {
    const { page } = visitor;
    await page.keyboard.press('Control+k');
    await typed().pressSequentially('zebra');
    // What was found for the first letters stands until then.
    for (const name of ['Customers', 'Products']) await dialog().getByText(`Search in ${name} for “zebra”`).waitFor();
    const lines = await dialog().getByRole('button').allInnerTexts();
    assert.deepEqual(
      lines.map((line) => line.split('\n')[0]),
      ['Zebra', 'Zebra crossing', 'The old zebra', 'Search in Customers for “zebra”', 'Toy zebra', 'Search in Products for “zebra”'],
    );
    await assertAccessible(page, 'the palette with records');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Zebra', exact: true }).waitFor();
  });

  test('takes a number for the record that has it', async () => {
    const { page } = visitor;
    await page.keyboard.press('Control+k');
    await typed().fill(number.toLowerCase());
    await dialog().getByText(number).first().waitFor();
    const [first] = await dialog().getByRole('button').allInnerTexts();
    assert.match(first ?? '', /^Zebra\n/);
  });

  test('leads on to the list of all that fit', async () => {
    const { page } = visitor;
    await typed().fill('zebra');
    await dialog().getByText('Search in Customers for “zebra”').click();
    await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Search Customers' }).inputValue(), 'zebra');
    await page.getByText('3 records').waitFor();
  });

  test('leads to a saved view, and administrators to a field where it is defined', async () => {
    const { page, installation } = visitor;
    const view = { name: 'giraffes', label: 'Giraffes only', filter: { name: { contains: 'giraffe' } }, visibility: { kind: 'everyone' } };
    await installation.admin.post('/api/platform/objects/customer/views', view);
    await visitor.open('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    await typed().fill('giraffes');
    await dialog()
      .getByRole('button', { name: /^Giraffes only/ })
      .click();
    await page.getByRole('tab', { name: 'Giraffes only', selected: true }).waitFor();
    await installation.admin.post('/api/platform/objects/customer/views', { name: 'lions', label: 'Lions of mine' });
    await installation.admin.post('/api/platform/option-lists', { name: 'climates', label: 'Climates', options: ['dry', 'wet'] });
    await visitor.open('/o/customer?view=lynxes');
    const missing = page.getByRole('alert', { name: 'There is no such view' });
    await missing.waitFor();
    await assertAccessible(page, 'a view that is not there');
    await missing.getByRole('button', { name: 'Go to all records' }).click();
    await missing.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await typed().fill('lions');
    await dialog()
      .getByRole('button', { name: /^Lions of mine/ })
      .click();
    await page.getByRole('tab', { name: 'Lions of mine', selected: true }).waitFor();
    await page.keyboard.press('Control+k');
    await typed().fill('climates');
    await dialog()
      .getByRole('button', { name: /^Climates/ })
      .click();
    await page.getByRole('heading', { level: 1, name: 'Climates' }).waitFor();
    await page.keyboard.press('Control+k');
    await typed().fill('website');
    await dialog()
      .getByRole('button', { name: /Customer · / })
      .first()
      .waitFor();
    await assertAccessible(page, 'the palette with fields');
    await dialog()
      .getByRole('button', { name: /Customer · / })
      .first()
      .click();
    await page.waitForURL(/settings\/objects\/customer\?tab=fields&field=/);
  });

  test('shows at first what one has looked at last; in German, on a telephone', async () => {
    const { page } = visitor;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(() => localStorage.setItem('tessera.language', 'de'));
    await visitor.open('/');
    await page.getByRole('button', { name: 'Suchen oder springen' }).click();
    await dialog().getByRole('button').first().waitFor();
    const [first] = await dialog().getByRole('button').allInnerTexts();
    assert.equal(first, 'Zebra\nKunde');
    await assertAccessible(page, 'the palette on a telephone');
    await typed().fill('gibtesnicht');
    await dialog().getByText('Nichts gefunden.').waitFor();
    await page.keyboard.press('Escape');
    assert.deepEqual(visitor.complaints, []);
  });
});
