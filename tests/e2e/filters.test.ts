import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

/** Two trips of two customers: one is urgent and visits both, the other one waits. */
async function makeTrips({ installation: { admin } }: Visit): Promise<void> {
  await admin.post('/api/platform/objects', {
    name: 'trip',
    label: 'Trip',
    pluralLabel: 'Trips',
    module: 'customers',
    collection: 'trips',
    titleField: 'name',
    fields: [
      { name: 'name', label: 'Name', type: 'text', required: true },
      { name: 'marks', label: 'Marks', type: 'tags' },
      { name: 'visits', label: 'Visits', type: 'manyToMany', target: 'customer' },
      { name: 'customer', label: 'Customer', type: 'lookup', target: 'customer' },
      { name: 'site', label: 'Site of the customer', type: 'relatedValue', path: 'customer.website' },
      { name: 'raw', label: 'Raw', type: 'json' },
    ],
  });
  const made = async (name: string): Promise<string> =>
    (await admin.post('/api/customers/customers', { name, website: `https://${name.toLowerCase()}.example` })).body.id;
  const [north, south] = [await made('North'), await made('South')];
  await admin.post('/api/customers/trips', {
    name: 'Tour',
    marks: ['urgent', 'car'],
    visitIds: [north, south],
    customerId: north,
    raw: { a: 1 },
  });
  await admin.post('/api/customers/trips', { name: 'Walk', marks: ['later'], visitIds: [south], customerId: south });
}

describe('What a list is narrowed by', { skip }, () => {
  let visitor: Visit;
  let page: Page;

  before(async () => {
    visitor = await visit();
    ({ page } = visitor);
    await makeTrips(visitor);
  });
  after(() => visitor?.end());

  /** Opens the list with a first condition about a field, with the operator chosen. */
  const ask = async (field: string, operator?: string): Promise<void> => {
    await visitor.open('/o/trip?columns=["name"]');
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('button', { name: 'Add condition' }).click();
    await page.getByRole('combobox', { name: 'Field' }).click();
    await page.getByRole('option', { name: field, exact: true }).click();
    if (operator === undefined) return;
    await page.getByRole('combobox', { name: 'Comparison' }).click();
    await page.getByRole('option', { name: operator, exact: true }).click();
  };
  const finds = async (name: string): Promise<void> => {
    await page.keyboard.press('Escape');
    await page.getByText('1 record', { exact: true }).waitFor();
    await page.getByRole('link', { name, exact: true }).waitFor();
  };

  test('Tags, by all or none of some words', async () => {
    await ask('Marks', 'has all of');
    const words = page.getByRole('combobox', { name: 'Value' });
    await words.fill('urgent');
    await words.press('Enter');
    await words.fill('car');
    await words.press('Enter');
    await page.getByText('1 record', { exact: true }).waitFor();
    await assertAccessible(page, 'a filter by tags');
    await finds('Tour');
    await page.getByRole('list', { name: 'Filter' }).getByText('urgent, car').waitFor();
  });

  test('References to many, by records that are picked', async () => {
    await ask('Visits');
    await page.getByRole('textbox', { name: 'Value' }).fill('Nor');
    await page.getByRole('option', { name: /North/ }).click();
    await page.getByText('1 record', { exact: true }).waitFor();
    await finds('Tour');
    await page.getByRole('list', { name: 'Filter' }).getByText('North').waitFor();
    await assertAccessible(page, 'a filter by references');
  });

  test('What is read through a reference, as what it is there; JSON by whether there is any', async () => {
    await ask('Site of the customer');
    await page.getByRole('textbox', { name: 'Value' }).fill('south');
    await finds('Walk');
    await ask('Raw');
    await finds('Walk');
  });

  test('All records stay in front, however many views are for everyone', async () => {
    const { admin } = visitor.installation;
    const view = { name: 'walks', label: 'Only walks', filter: { name: 'Walk' }, visibility: { kind: 'everyone' } };
    assert.equal((await admin.post('/api/platform/objects/trip/views', view)).status, 201);
    await visitor.open('/o/trip');
    await page.getByRole('tab', { name: 'All', selected: true }).waitFor();
    assert.equal(await page.getByRole('tab').first().innerText(), 'All');
    await page.getByRole('tab', { name: 'Only walks' }).click();
    await page.getByText('1 record', { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'All' }).click();
    await page.getByText('2 records', { exact: true }).waitFor();
    assert.deepEqual(visitor.complaints, []);
  });
});
