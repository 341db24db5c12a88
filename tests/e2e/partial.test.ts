import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { confirmedOrder, salesOf, stocked, type Sales } from '#tests/support/sales.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

describe('A clerk delivers and invoices parts of an order', { skip }, () => {
  let visitor: Visit;
  let page: Page;
  let sales: Sales;
  let order: string;
  let dialog: Locator;

  before(async () => {
    visitor = await visit();
    ({ page } = visitor);
    sales = salesOf(visitor.installation.admin);
    order = await confirmedOrder(sales, await stocked(sales, { Chair: '1000', Desk: '3' }), { Chair: '10', Desk: '5' });
    dialog = page.getByRole('dialog');
  });
  after(() => visitor?.end());

  const quantityOf = (product: string): Locator => dialog.getByRole('textbox', { name: `Quantity, ${product}` });
  const command = async (name: string): Promise<void> => {
    await page.getByRole('button', { name, exact: true }).first().click();
    await dialog.getByRole('table', { name: 'Lines' }).waitFor();
  };

  test('The dialog offers what is open and reserved, and goes from line to line with the keyboard', async () => {
    await visitor.open(`/o/order/${order.split('/').at(-1)}`);
    await command('Create delivery note');
    assert.deepEqual([await quantityOf('Chair').inputValue(), await quantityOf('Desk').inputValue()], ['10', '3']);
    await assertAccessible(page, 'the lines to deliver');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Quantity, Chair');
    await page.keyboard.press('ArrowDown');
    assert.equal(await quantityOf('Desk').evaluate((input) => input === document.activeElement), true);
    await page.keyboard.press('ArrowUp');
    assert.equal(await quantityOf('Chair').evaluate((input) => input === document.activeElement), true);
  });

  test('More than is open, or nothing at all, is not sent', async () => {
    await quantityOf('Chair').fill('11');
    await dialog.getByText('At most 10.').waitFor();
    await assertAccessible(page, 'a quantity that is too much');
    await dialog.getByRole('button', { name: 'None' }).click();
    await dialog.getByRole('button', { name: 'Create delivery note' }).click();
    await dialog.getByRole('alert').getByText('Enter a quantity for at least one line.').waitFor();
    await dialog.getByRole('button', { name: 'All' }).click();
    assert.equal(await quantityOf('Chair').inputValue(), '10');
  });

  test('What the server refuses stands at the lines', async () => {
    await quantityOf('Desk').fill('5');
    await dialog.getByRole('button', { name: 'Create delivery note' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/3 are in stock for this order, not 5/)
      .waitFor();
  });

  test('Part of it is delivered, and the next time the rest is offered', async () => {
    await quantityOf('Desk').fill('0');
    await quantityOf('Chair').fill('4');
    await quantityOf('Chair').press('Enter');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const [chair, desk] = (await sales.read(order)).lines;
    assert.deepEqual([chair.deliveryClaimed, desk.deliveryClaimed], ['4', null]);
    await command('Create delivery note');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[aria-label="Quantity, Chair"]')?.value === '6');
    await page.keyboard.press('Escape');
  });

  test('The delivery note is a click away; at the door some is refused, later some comes back', async () => {
    await page.getByRole('button', { name: 'Open Delivery note' }).first().click();
    await page.getByRole('button', { name: 'Ship', exact: true }).click();
    await dialog.getByRole('button', { name: 'Ship' }).click();
    const chain = page.getByRole('list', { name: 'Documents before and after' });
    await chain.getByRole('link', { name: 'OR-' }).waitFor();
    await chain.locator('li[aria-current]').getByText('Shipped').waitFor();
    await page.getByRole('button', { name: 'Confirm delivery', exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Received by' }).fill('Eva');
    await dialog.getByRole('textbox', { name: 'Refused, Chair' }).fill('1');
    await assertAccessible(page, 'what was refused');
    await dialog.getByRole('button', { name: 'Confirm delivery' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Return', exact: true }).click();
    await dialog.getByRole('columnheader', { name: 'With the customer' }).waitFor();
    const asNew = dialog.getByRole('textbox', { name: 'As new, Chair' });
    assert.equal(await asNew.inputValue(), '3');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Too many');
    await asNew.fill('2');
    await dialog.getByRole('button', { name: 'Return' }).click();
    await sales.until(order, 'counts what came back', (record) => record.lines[0].returned === '3');
    await visitor.open(`/o/order/${order.split('/').at(-1)}`);
    await page.getByRole('button', { name: 'Create invoice', exact: true }).first().waitFor();
  });

  test('Part of it is invoiced, in German, with a comma', async () => {
    await visitor.installation.admin.patch('/api/platform/me', { language: 'de' });
    await page.evaluate(() => localStorage.setItem('tessera.language', 'de'));
    await page.reload();
    await page.getByRole('button', { name: 'Rechnung anlegen', exact: true }).first().click();
    await dialog.getByRole('columnheader', { name: 'Offen' }).waitFor();
    await dialog.getByRole('textbox', { name: 'Menge, Chair' }).fill('2,5');
    await dialog.getByRole('textbox', { name: 'Menge, Desk' }).fill('0');
    await dialog.getByRole('button', { name: 'Rechnung anlegen' }).click();
    await dialog.waitFor({ state: 'detached' });
    const [chair, desk] = (await sales.read(order)).lines;
    assert.deepEqual([chair.invoiceClaimed, desk.invoiceClaimed], ['2.5', null]);
  });

  test('It is issued as of yesterday: the day is chosen, stays in sight, and goes back to today', async () => {
    const [draft] = (await visitor.installation.admin.get('/api/invoices/invoices')).body.items;
    await visitor.open(`/o/invoice/${draft.id}`);
    const { day, notice } = await workYesterday(page);
    await page.getByRole('button', { name: 'Ausstellen', exact: true }).first().click();
    await dialog.getByRole('button', { name: 'Ausstellen' }).click();
    await sales.until(`/api/invoices/invoices/${draft.id}`, 'is issued', ({ status, date }) => status !== 'draft' && date === day);
    await notice.click();
  });

  test('The browser complained about nothing', () => {
    assert.deepEqual(visitor.complaints, []);
  });
});

/** Chooses yesterday as the working date, in German, and tries a day to come before. Answers the notice of it, which leads back to today. */
async function workYesterday(page: Page): Promise<{ readonly day: string; readonly notice: Locator }> {
  const dialog = page.getByRole('dialog');
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const written = day.split('-').toReversed().join('.');
  await page.getByRole('button', { name: 'Angemeldet als' }).click();
  await page.getByRole('menuitem', { name: 'Arbeitsdatum' }).click();
  await dialog.getByRole('textbox', { name: 'Arbeitsdatum' }).fill('1.1.2999');
  await dialog.getByText('Bitte einen Tag bis heute.').waitFor();
  await dialog.getByRole('textbox', { name: 'Arbeitsdatum' }).fill(written);
  await dialog.getByText('Es gilt, bis diese Seite neu geladen wird.').waitFor();
  await page.keyboard.press('Tab');
  await assertAccessible(page, 'the working date');
  await dialog.getByRole('button', { name: 'Anwenden' }).click();
  await dialog.waitFor({ state: 'detached' });
  const notice = page.getByRole('button', { name: `Arbeitsdatum ${written}: zurück zu heute` });
  await notice.waitFor();
  await assertAccessible(page, 'another day than today');
  return { day, notice };
}
