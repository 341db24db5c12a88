import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { eventually } from '#tests/support/eventually.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

describe('An administrator shapes an object', { skip }, () => {
  let visitor: Visit;

  before(async () => {
    visitor = await visit();
    const { admin } = visitor.installation;
    const fields = [
      { name: 'name', label: 'Name', type: 'text' },
      { name: 'wagon', label: 'Wagon', type: 'integer' },
      { name: 'row', label: 'Row', type: 'integer' },
    ];
    await admin.post('/api/platform/objects', { name: 'seat', label: 'Seat', module: 'offers', titleField: 'name', fields });
    for (const name of ['Left', 'Right']) await admin.post('/api/offers/seats', { name, wagon: 1, row: 7 });
  });
  after(() => visitor?.end());

  test('Records that break a rule of uniqueness are shown, and stand in its way', async () => {
    const { page } = visitor;
    await visitor.open('/settings/objects/seat?tab=limits');
    await propose(visitor);
    await page.getByRole('dialog').getByRole('link', { name: 'Left' }).waitFor();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('dialog').getByRole('alert').first().waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    const [left] = (await visitor.installation.admin.get('/api/offers/seats?filter[name]=Left')).body.items;
    await visitor.installation.admin.patch(`/api/offers/seats/${left.id}`, { row: 8 });
  });

  test('It is in force at once, and the form says what is there already', async () => {
    const { page } = visitor;
    await visitor.open('/settings/objects/seat?tab=limits');
    await propose(visitor);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('button', { name: 'Remove the rule Wagon + Row' }).waitFor();
    await assertAccessible(page, 'fields that are unique together');
    await eventually('the offers serve the rule', async () => {
      const { body } = await visitor.installation.admin.get('/api/platform/services');
      return body.items.find((one: { module: string }) => one.module === 'offers')?.lag === 0;
    });
    await visitor.open('/o/seat/new');
    await page.getByLabel('Wagon').fill('1');
    await page.getByLabel('Row').fill('8');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('There is already a Seat with this Wagon and Row.').first().waitFor();
  });

  test('Its names, icon, order and features are changed, and what that does is shown first', async () => {
    const { page } = visitor;
    await visitor.open('/settings/objects/seat?tab=settings');
    await page.getByLabel('Name (one), Deutsch').fill('Sitzplatz');
    await page.getByRole('combobox', { name: 'Lists are sorted by' }).click();
    await page.getByRole('option', { name: 'Row', exact: true }).click();
    await page.getByText('Descending').click();
    await page.getByRole('checkbox', { name: 'Currency' }).check();
    await page.getByRole('checkbox', { name: 'Comments' }).uncheck();
    await assertAccessible(page, 'settings of an object');
    await page.getByRole('button', { name: 'See what it would do' }).click();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const { body } = await visitor.installation.admin.get('/api/platform/objects/seat');
    assert.deepEqual([body.label.de, body.defaultSort, body.features.currency, body.features.comments], ['Sitzplatz', '-row', true, false]);
    assert.equal(body.fields.find(({ name }: { name: string }) => name === 'currency')?.state, 'active');
  });

  test('It is retired and found again among the retired, and comes back with its records', async () => {
    const { page } = visitor;
    await visitor.open('/settings/objects/seat?tab=settings');
    await page.getByRole('button', { name: 'Retire' }).click();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('button', { name: 'Restore' }).waitFor();
    assert.equal((await visitor.installation.admin.get('/api/offers/seats')).status, 404);
    await visitor.open('/settings/objects');
    await page.getByRole('heading', { level: 1, name: 'Objects and fields' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Seat' }).count(), 0);
    await page.getByRole('checkbox', { name: 'Show retired' }).check();
    await page.getByRole('link', { name: 'Seat' }).click();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('button', { name: 'Retire' }).waitFor();
    await eventually('its records are served again', async () => {
      const { body } = await visitor.installation.admin.get('/api/offers/seats?fields=name');
      return body.items?.length === 2;
    });
  });

  test('The browser complained about nothing', () => {
    assert.deepEqual(visitor.complaints, []);
  });
});

async function propose({ page }: Visit): Promise<void> {
  const rules = page.getByRole('region', { name: 'Unique together' });
  await rules.getByRole('combobox', { name: 'Fields' }).click();
  await page.getByRole('option', { name: 'Wagon' }).click();
  await page.getByRole('option', { name: 'Row' }).click();
  await page.keyboard.press('Escape');
  await rules.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('dialog').waitFor();
}
