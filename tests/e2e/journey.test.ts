import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { clientOf, type Client } from '#tests/support/client.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

describe('A field defined in the browser is there, in the table, the API and the page', { skip }, () => {
  let visitor: Visit;
  let page: Page;
  let key = '';

  before(async () => {
    visitor = await visit();
    ({ page } = visitor);
    await makeOffer(visitor);
  });
  after(() => visitor?.end());

  test('A choice is added from the object manager', async () => {
    await visitor.open('/settings/objects/offer');
    await page.getByRole('button', { name: 'New field' }).click();
    await page.getByRole('button', { name: /^Choice/ }).waitFor();
    await assertAccessible(page, 'new field, types');
    await page.getByRole('button', { name: /^Choice/ }).click();
    await page.getByLabel('Label').fill('Priority');
    assert.equal(await page.getByLabel('API name').inputValue(), 'priority');
    await page.getByRole('textbox', { name: 'Option 1' }).fill('Low');
    await page.getByRole('textbox', { name: 'Option 2' }).fill('High');
    await assertAccessible(page, 'new field, settings');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Priority is there.').waitFor();
    await page.getByRole('cell', { name: 'priority', exact: true }).waitFor();
  });

  test('It is dragged into the first section of the page', async () => {
    await visitor.open('/settings/objects/offer?tab=layouts');
    const general = page.getByRole('region', { name: 'General' });
    await general.waitFor();
    await assertAccessible(page, 'layout editor');
    await page.getByRole('button', { name: 'Drag Priority' }).dragTo(page.getByRole('button', { name: 'Drag Subject' }), { steps: 10 });
    await general.getByRole('button', { name: 'Drag Priority' }).first().waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The layout is in force.').waitFor();
  });

  test('An amount of money is added from the "+" at the end of the list\'s header', async () => {
    await visitor.open('/o/offer');
    await page.getByRole('button', { name: 'New field' }).click();
    await page.getByRole('textbox', { name: 'Search types' }).fill('exact amount');
    await page.getByRole('button', { name: /^Money/ }).click();
    await page.getByLabel('Label').fill('Deposit');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('columnheader', { name: 'Deposit' }).waitFor();
    assert.match(page.url(), /columns=/);
  });

  test('It is moved up with keys', async () => {
    await visitor.open('/settings/objects/offer?tab=layouts');
    await page.getByRole('button', { name: 'Deposit', exact: true }).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The layout is in force.').waitFor();
  });

  test('Both are filled in on the offer, and its history says so', async () => {
    await visitor.open('/o/offer');
    await page.getByRole('link', { name: 'Garden furniture' }).click();
    const general = page.getByRole('region', { name: 'General' });
    await general.getByRole('combobox', { name: 'Priority' }).click();
    await page.getByRole('option', { name: 'High' }).click();
    await page.getByLabel('Deposit').fill('50');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Offer saved.').waitFor();
    const history = page.getByRole('complementary', { name: 'History' });
    await history.getByText('Deposit').waitFor();
    assert.match(await history.innerText(), /€50/);
    assert.match(await history.innerText(), /High/);
    await assertAccessible(page, 'offer');
  });

  test('The list is filtered by both, and the filter is in the URL', async () => {
    await visitor.open('/o/offer');
    await condition(page, 'Priority', 'Low');
    await page.getByText('Nothing found.').waitFor();
    assert.match(decodeURIComponent(page.url()), /priority/);
    await page.reload();
    await page.getByText('Nothing found.').waitFor();
    await visitor.open('/o/offer');
    await condition(page, 'Deposit', '50');
    await page.getByRole('link', { name: 'Garden furniture' }).waitFor();
    await page.getByText('1 record', { exact: true }).waitFor();
    await assertAccessible(page, 'filtered list');
  });

  test('A program reads them with a key made in the browser, and finds them in OpenAPI', async () => {
    await visitor.open('/settings/keys');
    key = await makeKey(page, 'Shop');
    await assertAccessible(page, 'a new key');
    await assertServed(clientOf(visitor.installation.url, key));
  });

  test('The change log shows both fields and takes one back', async () => {
    await visitor.open('/settings/changes');
    await page.getByText('Field Priority added to Offer').waitFor();
    await assertAccessible(page, 'change log');
    const entry = page.getByRole('row', { name: /Field Deposit added to Offer/ });
    await entry.getByRole('button', { name: /Undo/ }).click();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByText('Taken back.').waitFor();
    const program = clientOf(visitor.installation.url, key);
    const list = await program.get('/api/offers/offers?fields=deposit');
    assert.equal(list.status, 400);
    assert.match(list.body.detail, /no field deposit/i);
    assert.equal((await program.get('/api/offers/offers?fields=priority')).body.items[0].priority, 'high');
    await visitor.open('/o/offer');
    await page.getByRole('link', { name: 'Garden furniture' }).click();
    await page.getByRole('region', { name: 'General' }).getByRole('combobox', { name: 'Priority' }).waitFor();
    assert.equal(await page.getByLabel('Deposit').count(), 0);
  });

  test('The browser complained about nothing', () => {
    assert.deepEqual(visitor.complaints, []);
  });
});

async function condition(page: Page, field: string, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('button', { name: 'Add condition' }).click();
  await page.getByRole('combobox', { name: 'Field' }).click();
  await page.getByRole('option', { name: field, exact: true }).click();
  if (/^\d+$/.test(value)) return page.getByRole('textbox', { name: 'Value' }).fill(value);
  await page.getByRole('combobox', { name: 'Value' }).click();
  await page.getByRole('option', { name: value }).click();
}

async function makeOffer({ installation: { admin } }: Visit): Promise<void> {
  const customer = await admin.post('/api/customers/customers', { name: 'Müller & Söhne' });
  const lines = [{ description: 'Bench', quantity: '3', unitPrice: '99.50' }];
  const offer = await admin.post('/api/offers/offers', { customerId: customer.body.id, subject: 'Garden furniture', lines });
  assert.equal(offer.status, 201);
}

/** Makes an API key with every right; answers what is shown this once. */
async function makeKey(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('combobox', { name: 'Roles' }).click();
  await page.getByRole('option', { name: 'Administrator' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save' }).click();
  return (await page.getByTestId('api-key').innerText()).trim();
}

/** Both fields in the record, in its history and in the OpenAPI document. */
async function assertServed(program: Client): Promise<void> {
  const list = await program.get('/api/offers/offers?fields=id,priority,deposit,netTotal&filter[priority]=high&filter[deposit][gte]=50');
  const [offer] = list.body.items;
  assert.deepEqual([offer.priority, offer.deposit, offer.netTotal], ['high', '50', '298.50']);
  const history = await program.get(`/api/offers/offers/${offer.id}/history`);
  assert.deepEqual(
    history.body.items[0].changes.map(({ field }: { field: string }) => field).filter((field: string) => field !== 'updatedAt'),
    ['priority', 'deposit'],
  );
  const document = JSON.stringify((await program.get('/api/offers/openapi.json')).body);
  for (const name of ['"priority"', '"deposit"']) assert.ok(document.includes(name), `${name} is in the OpenAPI document`);
}
