import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { eventually } from '#tests/support/eventually.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const ERRANDS = '/api/customers/errands';
const ERRAND = {
  name: 'errand',
  label: 'Errand',
  pluralLabel: 'Errands',
  module: 'customers',
  collection: 'errands',
  titleField: 'name',
  fields: [
    { name: 'name', label: 'Name', type: 'text', required: true },
    { name: 'stage', label: 'Stage', type: 'select', options: ['open', 'doing', 'done'] },
    { name: 'due', label: 'Due', type: 'date' },
  ],
};

/** What was dragged before has come to rest: until then its card is there twice. */
async function drag(page: Page, card: Locator, to: Locator): Promise<void> {
  await page.locator('[data-dnd-placeholder]').waitFor({ state: 'detached' });
  const [from, target] = [await card.boundingBox(), await to.boundingBox()];
  assert.ok(from && target);
  await page.mouse.move(from.x + from.width / 2, from.y + from.height - 6);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + 12, from.y + from.height, { steps: 4 });
  await page.mouse.move(target.x + target.width / 2, target.y + 90, { steps: 12 });
  await page.mouse.up();
}

const skip = skipReason(testDatabaseUrl(), chromiumPath());
let visitor: Visit;
let page: Page;
before(async () => {
  if (skip) return;
  visitor = await visit();
  ({ page } = visitor);
});
after(() => visitor?.end());

const column = (name: string): Locator => page.locator('.board-column').filter({ has: page.locator('.board-head', { hasText: name }) });

describe('A list as a board and as a calendar', { skip }, () => {
  before(async () => {
    const { admin } = visitor.installation;
    await admin.post('/api/platform/objects', ERRAND);
    for (const [name, stage, due] of [
      ['Call', 'open', '2026-11-03'],
      ['Write', 'open', '2026-11-03'],
      ['Visit', 'doing', '2026-12-24'],
      ['Think', null, null],
    ])
      await admin.post(ERRANDS, { name, stage, due });
  });

  const stageOf = async (name: string): Promise<unknown> =>
    (await visitor.installation.admin.get(`${ERRANDS}?filter[name]=${name}`)).body.items[0].stage;

  test('Its columns are the options, each with its records and their number', async () => {
    await visitor.open('/o/errand');
    await page.getByText('Board', { exact: true }).locator('xpath=ancestor::label').click();
    await column('open').getByRole('link', { name: 'Call' }).waitFor();
    assert.match(page.url(), /display=/);
    assert.deepEqual(
      await page
        .locator('.board-head')
        .allInnerTexts()
        .then((heads) => heads.map((head) => head.replaceAll(/\s+/g, ' '))),
      ['open 2', 'doing 1', 'done 0', 'Without 1'],
    );
    await assertAccessible(page, 'board');
  });

  test('A card is moved by its menu, and by dragging it', async () => {
    await page.getByRole('button', { name: 'Move Call' }).click();
    await page.getByRole('menuitem', { name: 'doing' }).click();
    await column('doing').getByRole('link', { name: 'Call' }).waitFor();
    await eventually('the menu has moved it', async () => (await stageOf('Call')) === 'doing');
    await drag(page, column('Without').locator('.board-card'), column('done'));
    await column('done').getByRole('link', { name: 'Think' }).waitFor();
    await eventually('the pointer has moved it', async () => (await stageOf('Think')) === 'done');
  });

  test('Saved as a view, it is a board again', async () => {
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('By stage');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('tab', { name: 'By stage', selected: true }).waitFor();
    await page.reload();
    await column('done').getByRole('link', { name: 'Think' }).waitFor();
  });

  test('A view keeps another order when told to, is for a role, and is taken away', async () => {
    const { admin } = visitor.installation;
    const views = async (): Promise<readonly { name: string; sort?: string; visibility: { kind: string } }[]> =>
      (await admin.get('/api/platform/objects/errand/views')).body.items;
    await visitor.open('/o/errand?sort=-name&display=table');
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('For sales');
    await page.getByRole('combobox', { name: 'For whom' }).click();
    await page.getByRole('option', { name: 'Sales', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('tab', { name: 'For sales', selected: true }).waitFor();
    assert.deepEqual((await views()).find(({ sort }) => sort === '-name')?.visibility, { kind: 'role', role: 'sales' });
    await page.locator('.list-head-name', { hasText: 'Name' }).click();
    await page.getByRole('button', { name: 'What to do with the view For sales' }).click();
    await page.getByRole('menuitem', { name: 'Keep the changes in the view' }).click();
    await eventually('the view is changed', async () =>
      (await views()).some(({ sort, visibility }) => sort === 'name' && visibility.kind === 'role'),
    );
    await page.getByText('For sales is now as you see it.').waitFor();
    await page.getByRole('button', { name: 'What to do with the view For sales' }).click();
    await page.getByRole('menuitem', { name: 'Delete view' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await eventually('the view is gone', async () => !(await views()).some(({ visibility }) => visibility.kind === 'role'));
  });

  test('A calendar shows a month, and the months before and after', async () => {
    await visitor.open('/o/errand?month=%222026-11%22&display=%7B%22kind%22%3A%22calendar%22%2C%22by%22%3A%22due%22%7D');
    const day = (number: string): Locator =>
      page.locator('td').filter({ has: page.locator('time', { hasText: new RegExp(`^${number}$`) }) });
    await day('3').first().getByRole('link', { name: 'Write' }).waitFor();
    await assertAccessible(page, 'calendar');
    await page.getByRole('button', { name: 'Next month' }).click();
    await day('24').getByRole('link', { name: 'Visit' }).waitFor();
    assert.match(page.url(), /2026-12/);
  });
});

describe('A status on a board', { skip }, () => {
  test('It moves by the command that leads there, and nowhere else', async () => {
    const { admin } = visitor.installation;
    const customer = await admin.post('/api/customers/customers', { name: 'Board Ltd' });
    await admin.post('/api/offers/offers', {
      customerId: customer.body.id,
      subject: 'Roof',
      lines: [{ description: 'Tiles', quantity: '1', unitPrice: '9' }],
    });
    await visitor.open('/o/offer?display=%7B%22kind%22%3A%22board%22%2C%22by%22%3A%22status%22%7D');
    const card = column('Draft').locator('.board-card', { hasText: 'Roof' });
    await card.waitFor();
    await drag(page, card, column('Sent'));
    await page.getByText('From here nothing leads to Sent.').waitFor();
    await drag(page, card, column('Submitted'));
    // No policy asks for approval, so that the command leads further at once.
    await column('Approved').getByRole('link', { name: 'Roof' }).waitFor();
    assert.equal((await admin.get('/api/offers/offers?filter[subject]=Roof')).body.items[0].status, 'approved');
  });

  test('Of an object without commands it is moved on the board and on the page', async () => {
    const { admin } = visitor.installation;
    const fields = [{ name: 'name', label: 'Name', type: 'text' }];
    await admin.post('/api/platform/objects', { name: 'trip', label: 'Trip', module: 'customers', features: { status: true }, fields });
    const { body: trip } = await admin.post('/api/customers/trips', { name: 'Ulm' });
    const status = async (): Promise<unknown> => (await admin.get(`/api/customers/trips/${trip.id}`)).body.status;
    await visitor.open('/o/trip?display={"kind":"board","by":"status"}');
    await column('Open').getByRole('link', { name: 'Ulm' }).waitFor();
    await drag(page, column('Open').locator('.board-card'), column('In progress'));
    await eventually('the card has moved', async () => (await status()) === 'active');
    await visitor.open(`/o/trip/${trip.id}`);
    await page.getByRole('list', { name: 'Status' }).getByRole('button', { name: 'Done' }).click();
    await assertAccessible(page, 'a status that is set by hand');
    await page.getByRole('button', { name: 'Save' }).click();
    await eventually('it is saved', async () => (await status()) === 'done');
  });
});

describe('Opportunities by stage', { skip }, () => {
  const AMOUNTS = [1000, 2500];

  before(async () => {
    const { admin } = visitor.installation;
    await eventually('the pipeline', async () => (await admin.get('/api/crm/stages')).body.items.length === 7);
    const { body: customer } = await admin.post('/api/customers/customers', { name: 'Adler AG' });
    for (const amount of AMOUNTS) await admin.post('/api/crm/opportunities', { name: `Press ${amount}`, customerId: customer.id, amount });
  });

  test('The pipeline is a board of its stages, with what stands in each', async () => {
    await visitor.open('/o/opportunity?view=pipeline');
    await column('Qualifizierung').getByRole('link', { name: 'Press 2500' }).waitFor();
    assert.equal(await page.locator('.board-head').count(), 7);
    await column('Qualifizierung').locator('.board-sum', { hasText: '3,500' }).waitFor();
    await assertAccessible(page, 'pipeline');
  });

  test('A card that is moved takes the stage; one that is lost asks why', async () => {
    await drag(page, column('Qualifizierung').locator('.board-card', { hasText: 'Press 1000' }), column('Angebot'));
    await column('Angebot').getByRole('link', { name: 'Press 1000' }).waitFor();
    await page.getByRole('button', { name: 'Move Press 2500' }).click();
    await page.getByRole('menuitem', { name: 'Verloren' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Verloren', { exact: true }).waitFor();
    await dialog.getByRole('combobox', { name: 'Lost because of' }).click();
    await page.getByRole('option', { name: 'Price' }).click();
    await dialog.getByRole('button', { name: 'Move to stage' }).click();
    await eventually('it is lost', async () => {
      const { items } = (await visitor.installation.admin.get('/api/crm/opportunities?sort=amount')).body;
      return items[0].probability === '50' && items[1].status === 'lost' && items[1].lostReason === 'price';
    });
  });
});
