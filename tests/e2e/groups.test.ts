import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { eventually } from '#tests/support/eventually.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());
const JOBS = '/api/customers/errands';

/** Sixty errands of one customer in two currencies, one that is done, one that says nothing but its hours. */
async function makeErrands(visitor: Visit): Promise<void> {
  const { admin } = visitor.installation;
  await admin.post('/api/platform/objects', {
    name: 'errand',
    label: 'Errand',
    pluralLabel: 'Errands',
    module: 'customers',
    collection: 'errands',
    titleField: 'name',
    features: { currency: true },
    fields: [
      { name: 'name', label: 'Name', type: 'text', required: true },
      { name: 'stage', label: 'Stage', type: 'select', options: ['open', 'done'] },
      { name: 'hours', label: 'Hours', type: 'decimal', scale: 1 },
      { name: 'cost', label: 'Cost', type: 'money' },
      { name: 'due', label: 'Due', type: 'date' },
      { name: 'customer', label: 'Customer', type: 'lookup', target: 'customer' },
    ],
  });
  const { body: customer } = await admin.post('/api/customers/customers', { name: 'Northwind' });
  const operations = Array.from({ length: 60 }, (_one, index) => ({
    op: 'create',
    record: {
      name: `Errand ${index}`,
      stage: 'open',
      hours: '1.5',
      cost: '10',
      currency: index < 40 ? 'EUR' : 'USD',
      customerId: customer.id,
    },
  }));
  await admin.post(`${JOBS}/bulk`, { atomic: true, operations });
  await admin.post(JOBS, { name: 'Paint', stage: 'done', hours: '2.5', cost: '99', currency: 'EUR', due: '2026-11-10' });
  await admin.post(JOBS, { name: 'Think', hours: '4' });
}

async function beginFilter(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('button', { name: 'Add condition' }).click();
}

let visitor: Visit;
let page: Page;

before(async () => {
  if (skip) return;
  visitor = await visit();
  ({ page } = visitor);
  await makeErrands(visitor);
});
after(() => visitor?.end());

/** Chooses what a level is by: with the panel open, the first is called "Group by", those that are not there yet "Then by". */
const groupBy = async (level: 'Group by' | 'Then by', field: string): Promise<void> => {
  const box = page.getByRole('combobox', { name: level });
  if (!(await box.last().isVisible())) await page.getByRole('button', { name: /^(Group by|By .*)$/ }).click();
  await box.last().click();
  await page.getByRole('option', { name: field, exact: true }).click();
  await page.keyboard.press('Escape');
};

const group = (name: RegExp): Locator => page.getByRole('row').filter({ has: page.getByRole('button', { name }) });

describe('A table in groups', { skip }, () => {
  test('Each group has its number and its sums, money by currency, and all together', async () => {
    await visitor.open('/o/errand?columns=["name","hours","cost"]');
    await groupBy('Group by', 'Stage');
    const open = group(/^open/);
    await open.waitFor();
    assert.match(page.url(), /group=stage/);
    const cells = await open.getByRole('cell').allInnerTexts();
    assert.match(cells[0] ?? '', /^90/);
    assert.match(cells[1] ?? '', /400/);
    assert.match(cells[1] ?? '', /200/);
    assert.match(
      (
        await group(/^Without a value/)
          .getByRole('cell')
          .allInnerTexts()
      )[0] ?? '',
      /^4/,
    );
    const total = page.getByRole('row').filter({ hasText: 'All together' });
    assert.match((await total.getByRole('cell').allInnerTexts())[0] ?? '', /^96.5/);
    await assertAccessible(page, 'list in groups');
  });

  test('Its records are read when it is opened, page by page, and it closes again', async () => {
    await page.getByRole('button', { name: /^open/ }).click();
    await page.getByRole('button', { name: 'More records' }).waitFor();
    const rows = page.getByRole('link', { name: /^Errand \d+$/ });
    assert.equal(await rows.count(), 50);
    await page.getByRole('button', { name: 'More records' }).click();
    await eventually('the next page is there', async () => (await rows.count()) === 60);
    await assertAccessible(page, 'list in groups, one open');
    await page.getByRole('button', { name: 'Close all groups' }).click();
    assert.equal(await rows.count(), 0);
  });

  test('It is kept with the view, by a reference too', async () => {
    await groupBy('Group by', 'Customer');
    await group(/^Northwind/).waitFor();
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('By customer');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('tab', { name: 'By customer', selected: true }).waitFor();
    await page.reload();
    await group(/^Northwind/).waitFor();
    assert.doesNotMatch(page.url(), /group=/);
  });

  test('Groups stand in groups, days by parts of the calendar, in the address and in a view, by keyboard alone', async () => {
    const { admin } = visitor.installation;
    for (const [name, due, cost] of [
      ['January first', '2025-01-01', '1'],
      ['January last', '2025-01-31', '2'],
      ['February', '2025-02-01', '4'],
    ])
      await admin.post(JOBS, { name, due, cost, hours: '1', stage: 'open', currency: 'EUR' });
    await visitor.open('/o/errand?columns=["name","due","cost"]');
    await page.getByRole('button', { name: 'Group by' }).focus();
    await page.keyboard.press('Enter');
    const fields = page.getByRole('combobox', { name: 'Group by' });
    await fields.waitFor();
    await page.keyboard.type('Stage');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Then by' }).focus();
    await page.keyboard.type('Due');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await eventually('the address says it', () => Promise.resolve(/group=stage(,|%2C)due(:|%3A)month/.test(page.url())));
    await assertAccessible(page, 'the choice of groups');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^open/ }).focus();
    for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    const january = page.getByRole('button', { name: /^January 2025/ });
    await january.waitFor();
    await page.getByRole('button', { name: /^open/ }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('link', { name: 'January last' }).waitFor();
    assert.match(
      (
        await group(/^January 2025/)
          .getByRole('cell')
          .allInnerTexts()
      ).join(' '),
      /3\.00/,
    );
    assert.match(
      (
        await group(/^February 2025/)
          .getByRole('cell')
          .allInnerTexts()
      ).join(' '),
      /4\.00/,
    );
    assert.equal(await page.getByRole('link', { name: 'February', exact: true }).count(), 0);
    await assertAccessible(page, 'groups in groups');
    await january.focus();
    await page.keyboard.press('ArrowLeft');
    assert.equal(await page.getByRole('link', { name: 'January last' }).count(), 0);
    await page.keyboard.press('ArrowLeft');
    assert.match((await page.evaluate(() => document.activeElement?.textContent)) ?? '', /^open/);
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('By month');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('tab', { name: 'By month', selected: true }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'By Stage › Due (month)' }).waitFor();
    await page.getByRole('button', { name: /^open/ }).click();
    await january.waitFor();
    const { items } = (await admin.get('/api/platform/objects/errand/views')).body;
    assert.equal(items.find(({ label }: { label: { en: string } }) => label.en === 'By month').group, 'stage,due:month');
    await visitor.open('/settings/objects/errand?tab=views');
    await page.getByRole('cell', { name: 'Table in groups by Stage, Due (month)' }).waitFor();
  });
});

describe('A list with a filter, and a calendar in which records move', { skip }, () => {
  test('A list is narrowed by a field of the record that it leads to', async () => {
    await visitor.open('/o/errand?columns=["name","hours"]');
    await beginFilter(page);
    await page.getByRole('combobox', { name: 'Field' }).click();
    await page.getByRole('option', { name: 'Customer › Name', exact: true }).click();
    await page.getByRole('textbox', { name: 'Value' }).fill('north');
    await page.keyboard.press('Escape');
    await page.getByText('60 records', { exact: true }).waitFor();
    assert.match(decodeURIComponent(page.url()), /customer\.name/);
    await page.getByRole('list', { name: 'Filter' }).getByText('Customer › Name').waitFor();
    await assertAccessible(page, 'list narrowed by a related field');
  });

  test('Conditions stand in groups: all of them, or any', async () => {
    await visitor.open('/o/errand?columns=["name","stage"]');
    await beginFilter(page);
    await page.getByRole('textbox', { name: 'Value' }).fill('errand 1');
    await page.getByRole('button', { name: 'Add group' }).click();
    const inner = page.getByRole('group', { name: 'Group of conditions' });
    await inner.getByRole('textbox', { name: 'Value' }).fill('12');
    await inner.getByRole('button', { name: 'Add condition' }).click();
    await inner.getByRole('textbox', { name: 'Value' }).last().fill('13');
    await assertAccessible(page, 'a filter with a group');
    await page.keyboard.press('Escape');
    await page.getByText('2 records', { exact: true }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Filter: 3' }).click();
    await inner.getByRole('radio', { name: 'Any of them' }).waitFor({ state: 'attached' });
    assert.equal(await inner.getByRole('radio', { name: 'Any of them' }).isChecked(), true);
    await page.keyboard.press('Escape');
    await page.getByRole('list', { name: 'Filter' }).getByRole('button', { name: 'Remove group' }).click();
    await page.getByText('11 records', { exact: true }).waitFor();
  });

  test('In the calendar a record is dragged to another day, or moved by its menu', async () => {
    await visitor.open('/o/errand?display={"kind":"calendar","by":"due"}&month=2026-11');
    const entry = page.getByRole('link', { name: 'Paint' });
    await entry.waitFor();
    const due = async (): Promise<unknown> => (await visitor.installation.admin.get(`${JOBS}?filter[name]=Paint`)).body.items[0].due;
    const [from, to] = [await entry.boundingBox(), await page.locator('time[datetime="2026-11-19"]').boundingBox()];
    assert.ok(from && to);
    await page.mouse.move(from.x + 20, from.y + 6);
    await page.mouse.down();
    await page.mouse.move(from.x + 34, from.y + 12, { steps: 4 });
    await page.mouse.move(to.x + 20, to.y + 40, { steps: 12 });
    await page.locator('.calendar-drop[data-over]').waitFor();
    await page.mouse.up();
    await eventually('it is due on 2026-11-19', async () => (await due()) === '2026-11-19');
    const day = page.getByRole('cell').filter({ has: page.locator('time[datetime="2026-11-19"]') });
    await day.getByRole('link', { name: 'Paint' }).waitFor();
    await assertAccessible(page, 'calendar in which records move');
    await page.getByRole('button', { name: 'Move Paint to another day' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'A week earlier' }).waitFor();
    await page.getByRole('menuitem', { name: 'A week earlier' }).click();
    await eventually('it is due on 2026-11-12', async () => (await due()) === '2026-11-12');
  });
});
