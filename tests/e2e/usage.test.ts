import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

describe('An administrator sees how filled fields are and where they are used', { skip }, () => {
  let visitor: Visit;
  before(async () => {
    visitor = await visit();
    const { admin } = visitor.installation;
    const fields = [
      { name: 'name', label: 'Name', type: 'text' },
      { name: 'weight', label: 'Weight', type: 'text' },
      { name: 'grade', label: 'Grade', type: 'select', options: ['a', 'b'] },
      { name: 'reason', label: 'Reason', type: 'text', visibleWhen: { grade: 'b' }, maxLength: 40 },
      { name: 'code', label: 'Code', type: 'autoNumber', format: 'P-{000}' },
    ];
    await admin.post('/api/platform/objects', {
      name: 'parcel',
      label: 'Parcel',
      pluralLabel: 'Parcels',
      module: 'offers',
      titleField: 'name',
      fields,
    });
    const heavy = { name: 'heavy', label: 'Heavy ones', columns: ['name', 'weight', 'grade'], visibility: { kind: 'everyone' } };
    await admin.post('/api/platform/objects/parcel/views', heavy);
    for (const [at, grade] of ['a', 'b', null, null].entries())
      await admin.post('/api/offers/parcels', { name: `P${at}`, weight: at === 0 ? '12' : null, ...(grade ? { grade } : {}) });
  });
  after(() => visitor?.end());

  test('Each field tells its share of filled records, and where it is used, with the way there', async () => {
    const { page } = visitor;
    await visitor.open('/settings/objects/parcel');
    const row = page.getByRole('row', { name: /^Weight own weight/ });
    await row.getByText('25%').waitFor();
    await page
      .getByRole('row', { name: /^Reason own reason/ })
      .getByText('Nowhere')
      .waitFor();
    await assertAccessible(page, 'the fields with their use');
    await page
      .getByRole('row', { name: /^Grade own grade/ })
      .getByRole('button', { name: 'In 2 places' })
      .click();
    const places = page.getByRole('dialog');
    await places.getByText('Where Grade is used').waitFor();
    assert.deepEqual(await places.getByRole('link').allTextContents(), ['A condition of Reason', 'View Heavy ones of Parcel']);
    await assertAccessible(page, 'the places of a field');
    await places.getByRole('link', { name: 'View Heavy ones of Parcel' }).click();
    await page.waitForURL(/\/o\/parcel\?view=/);
    await page.getByRole('columnheader', { name: 'Grade' }).waitFor();
  });

  test('The field itself tells it too, and what would be taken away is told with the way there', async () => {
    const { page } = visitor;
    await visitor.open('/settings/objects/parcel?field=grade');
    await page.getByRole('dialog').getByRole('button', { name: 'In 2 places' }).waitFor();
    await visitor.open('/settings/objects/parcel');
    await page.getByRole('button', { name: 'Actions for Grade' }).click();
    await page.getByRole('menuitem', { name: 'Retire' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'A condition of Reason' }).waitFor();
    assert.equal(await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).isDisabled(), true);
  });

  test('What its records are under is told in words: views, rules, numbers and limits, each where it is changed', async () => {
    const { page } = visitor;
    const { admin } = visitor.installation;
    const view = {
      name: 'light',
      label: 'Light ones',
      filter: { weight: { contains: '1' } },
      sort: '-name',
      visibility: { kind: 'everyone' },
    };
    assert.equal((await admin.post('/api/platform/objects/parcel/views', view)).status, 201);
    await visitor.open('/settings/objects/parcel?tab=views');
    const row = page.getByRole('row', { name: /^Light ones/ });
    await row.getByText('contains').waitFor();
    await row.getByText('Name, descending').waitFor();
    await assertAccessible(page, 'the views of an object');
    await row.getByRole('button', { name: 'Change Light ones' }).click();
    await page.getByLabel('Name of the view, Deutsch').fill('Leichte');
    await page.getByRole('combobox', { name: 'For whom' }).click();
    await page.getByRole('option', { name: 'Sales', exact: true }).click();
    await assertAccessible(page, 'the change of a view');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /^Light ones .* Sales/ }).waitFor();
    await page.getByRole('tab', { name: 'Rules' }).click();
    await page.getByRole('row', { name: /^Reason Shown only when … Grade .* b/i }).waitFor();
    await assertAccessible(page, 'the rules of an object');
    await page.getByRole('tab', { name: 'Numbering' }).click();
    await page.getByRole('row', { name: /^Code .* P-\{000\} when a record is made 5/ }).waitFor();
    await assertAccessible(page, 'the numbers of an object');
    await page.getByRole('button', { name: 'Choose another next number than 5' }).click();
    await page.getByRole('dialog').getByLabel('Next number').fill('900');
    await assertAccessible(page, 'the next number of a series');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /^Code .* 900/ }).waitFor();
    await page.getByRole('tab', { name: 'Limits' }).click();
    await page.getByRole('row', { name: /^Reason at most 40 characters/ }).waitFor();
    await assertAccessible(page, 'the limits of an object');
    await page.getByRole('link', { name: 'Change the rules of Reason' }).click();
    await page.getByRole('dialog').getByRole('checkbox', { name: 'Shown only when …' }).waitFor();
  });

  test('The browser complained about nothing', () => {
    assert.deepEqual(visitor.complaints, []);
  });
});
