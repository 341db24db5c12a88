import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

describe('A clerk changes values where they stand in the list', { skip }, () => {
  let visitor: Visit;
  const ids = new Map<string, string>();
  before(async () => {
    visitor = await visit();
    const { admin } = visitor.installation;
    const fields = [
      { name: 'name', label: 'Name', type: 'text' },
      { name: 'weight', label: 'Weight', type: 'integer', maximum: 10 },
      { name: 'grade', label: 'Grade', type: 'select', options: ['a', 'b'] },
      { name: 'reason', label: 'Reason', type: 'text', readOnlyWhen: { grade: 'b' } },
    ];
    const made = { name: 'parcel', label: 'Parcel', pluralLabel: 'Parcels', module: 'offers', titleField: 'name', fields };
    assert.equal((await admin.post('/api/platform/objects', made)).status, 201);
    for (const [name, grade] of [
      ['Heavy', 'a'],
      ['Light', 'b'],
    ] as const)
      ids.set(name, (await admin.post('/api/offers/parcels', { name, weight: 3, grade })).body.id);
  });
  after(() => visitor?.end());

  const cell = (row: string, column: string) => visitor.page.getByRole('row', { name: row }).locator(`[col-id$="${column}"]`);
  const idOf = async (name: string): Promise<string> => {
    const { body } = await visitor.installation.admin.get('/api/platform/objects/parcel');
    return body.fields.find((field: { name: string }) => field.name === name).id;
  };
  const saved = async (name: string) => (await visitor.installation.admin.get(`/api/offers/parcels/${ids.get(name)}`)).body;

  test('A double click begins, Enter saves, Tab goes on, Esc takes back; what is refused is said at the cell', async () => {
    const { page } = visitor;
    await visitor.open('/o/parcel?sort=name');
    const weight = cell('Heavy', await idOf('weight'));
    await weight.dblclick();
    const editor = page.getByRole('dialog', { name: 'Change Weight' });
    await editor.getByRole('textbox').fill('99');
    await page.keyboard.press('Enter');
    await editor.getByText('10').first().waitFor();
    await assertAccessible(page, 'a cell that is being changed');
    await editor.getByRole('textbox').fill('7');
    await page.keyboard.press('Tab');
    await page.getByRole('dialog', { name: 'Change Grade' }).waitFor();
    await weight.getByText('7').waitFor();
    assert.equal((await saved('Heavy')).weight, 7);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await weight.click();
    await page.keyboard.press('F2');
    await editor.getByRole('textbox').fill('1');
    await page.keyboard.press('Escape');
    await editor.waitFor({ state: 'detached' });
    assert.equal((await saved('Heavy')).weight, 7);
  });

  test('What a condition closes says so, and nothing is lost when two change the same', async () => {
    const { page, installation } = visitor;
    await visitor.open('/o/parcel?sort=name');
    await cell('Light', await idOf('reason')).dblclick();
    await page.getByRole('dialog').getByText('A condition closes or hides this field in this record.').waitFor();
    await page.keyboard.press('Escape');
    const weight = cell('Light', await idOf('weight'));
    await weight.dblclick();
    const input = page.getByRole('dialog', { name: 'Change Weight' }).getByRole('textbox');
    await input.fill('5');
    await installation.admin.patch(`/api/offers/parcels/${ids.get('Light')}`, { weight: 9 });
    await page.keyboard.press('Enter');
    const conflict = page.getByRole('dialog').filter({ hasText: 'Theirs' });
    await assertAccessible(page, 'a conflict about a cell');
    await conflict.getByRole('button', { name: 'Save' }).click();
    await weight.getByText('5').waitFor();
    assert.equal((await saved('Light')).weight, 5);
  });

  test('The browser complained about nothing', () => {
    assert.deepEqual(visitor.complaints, []);
  });
});
