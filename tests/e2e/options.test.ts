import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

const TRIP = {
  name: 'trip',
  label: 'Trip',
  module: 'offers',
  titleField: 'name',
  fields: [
    { name: 'name', label: 'Name', type: 'text' },
    { name: 'country', label: 'Country', type: 'select', options: ['Germany', 'France'] },
    { name: 'region', label: 'Region', type: 'select', options: ['Bavaria', 'Elsewhere', 'Prussia'] },
  ],
};

let visitor: Visit;
let page: Page;

before(async () => {
  if (skip) return;
  visitor = await visit();
  ({ page } = visitor);
  const { admin } = visitor.installation;
  await admin.post('/api/platform/objects', TRIP);
  await admin.post('/api/offers/trips', { name: 'Old trip', region: 'Prussia' });
});
after(() => visitor?.end());

const options = async () => {
  const { body } = await visitor.installation.admin.get('/api/platform/objects/trip');
  return body.fields.find((one: { name: string }) => one.name === 'region').options;
};

describe('Options are kept in the object manager', { skip }, () => {
  test('One is offered only with the value of another field, one is moved, one is retired', async () => {
    await edit();
    await page.getByRole('button', { name: 'When option 1 is offered' }).click();
    await page.getByRole('checkbox', { name: 'Bavaria is offered only when' }).click();
    const group = page.getByRole('group', { name: 'Bavaria is offered only when' });
    await group.getByRole('combobox', { name: 'Field' }).click();
    await group.getByRole('option', { name: 'Country' }).click();
    await group.getByRole('combobox', { name: 'Value' }).click();
    await group.getByRole('option', { name: 'Germany' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove option 3' }).click();
    await page.getByText('Not offered any more; records keep them:').waitFor();
    await page.getByRole('button', { name: 'Move option 1 down' }).click();
    await assertAccessible(page, 'options');
    await apply();
    const [first, second, third] = await options();
    assert.deepEqual([first.key, first.visibleWhen], ['Elsewhere', undefined]);
    assert.deepEqual([second.key, second.visibleWhen], ['Bavaria', { and: [{ country: { in: ['Germany'] } }] }]);
    assert.deepEqual([third.key, third.retired], ['Prussia', true]);
  });

  test('A new record offers what fits, and lets go of what does not fit any more', async () => {
    await visitor.open('/o/trip/new');
    await page.getByLabel('Name').fill('New trip');
    const region = page.getByRole('combobox', { name: 'Region' });
    await region.click();
    assert.deepEqual(await page.getByRole('option').allInnerTexts(), ['Elsewhere']);
    await page.keyboard.press('Escape');
    await choose('Country', 'Germany');
    await choose('Region', 'Bavaria');
    await choose('Country', 'France');
    assert.equal(await region.inputValue(), '');
    await choose('Country', 'Germany');
    assert.equal(await region.inputValue(), 'Bavaria');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Trip created.').waitFor();
    await choose('Country', 'France');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Trip saved.').waitFor();
    const [trip] = (await visitor.installation.admin.get('/api/offers/trips?filter[name]=New trip')).body.items;
    assert.deepEqual([trip.country, trip.region], ['France', null]);
  });

  test('A record keeps a retired one, which comes back at a click', async () => {
    await visitor.open('/o/trip');
    await page.getByRole('link', { name: 'Old trip' }).click();
    const region = page.getByRole('combobox', { name: 'Region' });
    assert.equal(await region.inputValue(), 'Prussia');
    await choose('Country', 'Germany');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Trip saved.').waitFor();
    await edit();
    await page.getByRole('button', { name: 'Bring Prussia back' }).click();
    await apply();
    assert.deepEqual(
      (await options()).map(({ key, retired = false }: { key: string; retired?: boolean }) => [key, retired]),
      [
        ['Elsewhere', false],
        ['Bavaria', false],
        ['Prussia', false],
      ],
    );
  });
});

describe('Option lists are kept in the set-up', { skip }, () => {
  test('A field’s options become a list, which a field of another service takes up', async () => {
    await edit();
    await page.getByText('Turn into a shared list').click();
    await page.getByLabel('Name of the list').fill('Regions');
    await apply();
    await visitor.open('/settings/objects/customer');
    await page.getByRole('button', { name: 'New field' }).click();
    await page.getByRole('textbox', { name: 'Search types' }).fill('Choice');
    await page.keyboard.press('Enter');
    await page.getByLabel('Label').fill('Region');
    await page.getByText('Shared list').click();
    await page.getByRole('group', { name: 'Options' }).getByText('Bavaria').waitFor();
    await assertAccessible(page, 'a field of a list');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const [first, second] = await options();
    assert.deepEqual([first.visibleWhen, second.visibleWhen], [undefined, { and: [{ country: { in: ['Germany'] } }] }]);
  });

  test('The list is changed in one place for all of its fields, and its page tells which these are', async () => {
    await visitor.open('/settings/option-lists');
    const row = page.getByRole('row', { name: /Regions/ });
    assert.match(await row.innerText(), /2$/);
    await assertAccessible(page, 'option lists');
    await row.getByRole('link', { name: 'Regions' }).click();
    await page.getByRole('link', { name: 'Region of Customer' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Delete the list' }).isDisabled(), true);
    await page.getByRole('button', { name: 'Add option' }).click();
    await page.getByRole('textbox', { name: 'Option 4' }).fill('Alsace');
    await page.getByRole('textbox', { name: 'Option 2' }).fill('Upper Bavaria');
    await assertAccessible(page, 'one option list');
    await page.getByRole('button', { name: 'See what it would do' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Region of Trip' }).waitFor();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: 'Option list Regions changed' }).waitFor();
    await page.getByRole('textbox', { name: 'Option 1' }).fill('Nowhere');
    await visitor.installation.admin.patch('/api/platform/option-lists/regions', { label: 'Areas' });
    await page.getByRole('button', { name: 'See what it would do' }).click();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText(/Areas was changed meanwhile/).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await page.getByRole('textbox', { name: 'Option 1' }).inputValue(), 'Nowhere');
    await page.getByRole('button', { name: 'Show it as it is now' }).click();
    assert.equal(await page.getByRole('textbox', { name: 'Option 1' }).inputValue(), 'Elsewhere');
    await visitor.open('/o/customer/new');
    await page.getByRole('combobox', { name: 'Region' }).click();
    assert.deepEqual(await page.getByRole('option').allInnerTexts(), ['Elsewhere', 'Upper Bavaria', 'Prussia', 'Alsace']);
    await visitor.open('/o/trip/new');
    await choose('Country', 'France');
    await page.getByRole('combobox', { name: 'Region' }).click();
    assert.deepEqual(await page.getByRole('option').allInnerTexts(), ['Elsewhere', 'Prussia', 'Alsace']);
  });

  test('A new list is made at the keyboard, and goes while no field uses it', async () => {
    await visitor.open('/settings/option-lists');
    await page.getByRole('button', { name: 'New option list' }).press('Enter');
    await page.getByLabel('Name of the list').fill('Größen');
    await page.keyboard.press('Tab');
    assert.equal(await page.getByLabel('API name').inputValue(), 'groessen');
    await page.getByRole('textbox', { name: 'Option 1' }).fill('Small');
    await page.getByRole('textbox', { name: 'Option 2' }).fill('Large');
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Größen' }).waitFor();
    await page.getByRole('button', { name: 'Delete the list' }).click();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('heading', { level: 1, name: 'Option lists' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Größen' }).count(), 0);
  });

  test('The browser complained about nothing', () => {
    assert.deepEqual(visitor.complaints, []);
  });
});

async function edit(): Promise<void> {
  await visitor.open('/settings/objects/trip');
  await page.getByRole('button', { name: 'Actions for Region' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('dialog').waitFor();
}

async function apply(): Promise<void> {
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function choose(field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}
