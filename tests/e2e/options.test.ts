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

describe('Options are kept in the object manager', { skip }, () => {
  let visitor: Visit;
  let page: Page;

  before(async () => {
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

  test('One is offered only with the value of another field, one is moved, one is retired', async () => {
    await edit(visitor);
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
    await apply(page);
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
    await choose(page, 'Country', 'Germany');
    await choose(page, 'Region', 'Bavaria');
    await choose(page, 'Country', 'France');
    assert.equal(await region.inputValue(), '');
    await choose(page, 'Country', 'Germany');
    assert.equal(await region.inputValue(), 'Bavaria');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Trip created.').waitFor();
    await choose(page, 'Country', 'France');
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
    await choose(page, 'Country', 'Germany');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Trip saved.').waitFor();
    await edit(visitor);
    await page.getByRole('button', { name: 'Bring Prussia back' }).click();
    await apply(page);
    assert.deepEqual(
      (await options()).map(({ key, retired = false }: { key: string; retired?: boolean }) => [key, retired]),
      [
        ['Elsewhere', false],
        ['Bavaria', false],
        ['Prussia', false],
      ],
    );
  });

  test('The browser complained about nothing', () => {
    assert.deepEqual(visitor.complaints, []);
  });
});

async function edit({ page, open }: Visit): Promise<void> {
  await open('/settings/objects/trip');
  await page.getByRole('button', { name: 'Actions for Region' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('dialog').waitFor();
}

async function apply(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}
