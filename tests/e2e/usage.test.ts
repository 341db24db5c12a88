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
      { name: 'reason', label: 'Reason', type: 'text', visibleWhen: { grade: 'b' } },
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

  test('The browser complained about nothing', () => {
    assert.deepEqual(visitor.complaints, []);
  });
});
