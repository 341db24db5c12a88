import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { eventually } from '#tests/support/eventually.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

describe('An administrator gives a field another type', { skip }, () => {
  let visitor: Visit;
  let bad = '';
  before(async () => {
    visitor = await visit();
    const { admin } = visitor.installation;
    const fields = [
      { name: 'name', label: 'Name', type: 'text' },
      { name: 'weight', label: 'Weight', type: 'text' },
    ];
    await admin.post('/api/platform/objects', { name: 'parcel', label: 'Parcel', module: 'offers', titleField: 'name', fields });
    await admin.post('/api/offers/parcels', { name: 'Light', weight: '12' });
    bad = (await admin.post('/api/offers/parcels', { name: 'Heavy', weight: 'heavy' })).body.id;
  });
  after(() => visitor?.end());

  const propose = async (): Promise<void> => {
    const { page } = visitor;
    await visitor.open('/settings/objects/parcel');
    await page.getByRole('button', { name: 'Actions for Weight' }).click();
    await page.getByRole('menuitem', { name: 'Change type' }).click();
    await page.getByRole('combobox', { name: 'New type' }).click();
    await page.getByRole('option', { name: 'Whole number', exact: true }).click();
    await page.getByRole('button', { name: 'See what it would do' }).click();
  };

  test('Records that do not fit are shown, and lead to a list of them', async () => {
    const { page } = visitor;
    await propose();
    await page.getByRole('dialog').getByRole('link', { name: 'Heavy' }).waitFor();
    await assertAccessible(page, 'the preview of another type');
    await page.getByRole('dialog').getByRole('link', { name: 'Show them in the list (1)' }).click();
    await page.getByRole('link', { name: 'Heavy' }).first().waitFor();
    assert.equal(await page.getByRole('link', { name: 'Light' }).count(), 0);
  });

  test('All records that do not fit are a page of their own, and a file; from there the change goes on', async () => {
    const { page, installation } = visitor;
    for (let at = 0; at < 120; at += 1) await installation.admin.post('/api/offers/parcels', { name: `=Bad ${at}`, weight: 'x' });
    await propose();
    await page.getByRole('dialog').getByRole('link', { name: 'All of them in a list (121)' }).click();
    await page.getByText('100 shown').waitFor();
    await assertAccessible(page, 'the records that do not fit');
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('121 shown').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as CSV' }).click()]);
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    assert.equal(lines.length, 122);
    assert.equal(lines[1], `parcel,${bad},Heavy,weight,heavy`);
    assert.match(lines[2] ?? '', /,'=Bad \d+,weight,x$/);
    await page.reload();
    await page.getByRole('link', { name: 'Heavy' }).waitFor();
    await page.getByRole('button', { name: 'See what it would do' }).click();
    await page.getByRole('dialog').getByText('Values that do not fit: 121').waitFor();
    const { items } = (await installation.admin.get('/api/offers/parcels?filter[weight]=x&limit=200')).body;
    for (const { id } of items) await installation.admin.delete(`/api/offers/parcels/${id}?permanent=true`);
    await installation.admin.patch(`/api/offers/parcels/${bad}`, { weight: '300' });
  });

  test('It becomes what it is to be, with its values', async () => {
    const { page } = visitor;
    await propose();
    await page.getByRole('dialog').getByText('It is in force at once.').waitFor();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page
      .getByRole('row', { name: /Weight own weight/ })
      .getByText('Whole number', { exact: true })
      .waitFor();
    await eventually('numbers compare as numbers', async () => {
      const { body } = await visitor.installation.admin.get('/api/offers/parcels?filter[weight][gt]=100&count=exact');
      return body.count === 1;
    });
  });

  test('The browser complained about nothing', () => {
    assert.deepEqual(visitor.complaints, []);
  });
});
