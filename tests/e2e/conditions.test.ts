import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

const FIND = {
  name: 'find',
  label: 'Find',
  module: 'offers',
  titleField: 'name',
  fields: [
    { name: 'name', label: 'Name', type: 'text' },
    { name: 'kind', label: 'Kind', type: 'select', options: ['stone', 'plant'] },
    { name: 'worth', label: 'Worth', type: 'decimal' },
    { name: 'sealed', label: 'Sealed', type: 'boolean', default: false },
    { name: 'hardness', label: 'Hardness', type: 'decimal', required: true, visibleWhen: { kind: 'stone' } },
    { name: 'insurer', label: 'Insurer', type: 'text', requiredWhen: { worth: { gte: '1000' } } },
    { name: 'remark', label: 'Remark', type: 'text', readOnlyWhen: { sealed: true } },
  ],
};
const PIECE = {
  name: 'piece',
  label: 'Piece',
  module: 'offers',
  parent: 'find',
  titleField: 'part',
  fields: [
    { name: 'part', label: 'Part', type: 'text' },
    { name: 'broken', label: 'Broken', type: 'boolean', default: false },
    { name: 'damage', label: 'Damage', type: 'text', visibleWhen: { broken: true }, requiredWhen: { part: 'lid' } },
  ],
};

describe('The form follows the conditions of fields as one types', { skip }, () => {
  let visitor: Visit;
  let page: Page;

  before(async () => {
    visitor = await visit();
    ({ page } = visitor);
    const changes = [
      { kind: 'addObject', object: FIND },
      { kind: 'addObject', object: PIECE },
      { kind: 'addField', object: 'find', field: { name: 'pieces', label: 'Pieces', type: 'children', child: 'piece' } },
    ];
    const made = await visitor.installation.admin.post('/api/platform/changes', { changes });
    assert.equal(made.status, 200, JSON.stringify(made.body));
  });
  after(() => visitor?.end());

  const input = (label: string) => page.getByLabel(label, { exact: true });

  test('A field comes and goes with the value of another, and is not sent while it is away', async () => {
    await visitor.open('/o/find/new');
    await page.getByLabel('Name').fill('Opal');
    assert.equal(await page.getByText('Hardness').count(), 0);
    await choose(page, 'Kind', 'stone');
    await page.getByLabel('Hardness *').fill('6');
    await choose(page, 'Kind', 'plant');
    await page.getByText('Hardness').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Find created.').waitFor();
    const [find] = (await visitor.installation.admin.get('/api/offers/finds')).body.items;
    assert.deepEqual([find.kind, find.hardness], ['plant', null]);
  });

  test('What was typed comes back with the field', async () => {
    await choose(page, 'Kind', 'stone');
    const hardness = page.getByLabel('Hardness *');
    await hardness.fill('6.5');
    await choose(page, 'Kind', 'plant');
    await hardness.waitFor({ state: 'detached' });
    await choose(page, 'Kind', 'stone');
    assert.equal(await hardness.inputValue(), '6.5');
    await save(page);
  });

  test('A field becomes required, and the server says so at its place', async () => {
    await page.getByLabel('Insurer', { exact: true }).waitFor();
    await page.getByLabel('Worth').fill('1500');
    await page.getByLabel('Insurer *').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Insurer is required.').waitFor();
    await assertAccessible(page, 'a record with a field that became required');
    await page.getByLabel('Insurer *').fill('Acme');
    await save(page);
  });

  test('A field closes when its record has been saved so, and opens with the same change that opens it', async () => {
    await page.getByLabel('Sealed').click();
    await input('Remark').fill('last word');
    await save(page);
    await page.getByText('last word').first().waitFor();
    assert.equal(await input('Remark').count(), 0);
    await page.getByLabel('Sealed').click();
    await input('Remark').fill('not the last');
    await save(page);
    const [find] = (await visitor.installation.admin.get('/api/offers/finds')).body.items;
    assert.deepEqual([find.sealed, find.remark, find.hardness, find.insurer], [false, 'not the last', '6.5', 'Acme']);
  });

  test('Rows have conditions of their own', async () => {
    await page.getByRole('button', { name: 'Add row' }).click();
    const row = page.getByRole('table', { name: 'Pieces' }).locator('tbody tr').first();
    await row.getByLabel('Part').fill('lid');
    assert.equal(await row.getByLabel('Damage').count(), 0);
    await row.getByLabel('Broken').click();
    await row.getByLabel('Damage').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('table', { name: 'Pieces' }).getByRole('alert').getByText('Damage is required.').waitFor();
    await row.getByLabel('Damage').fill('cracked');
    await assertAccessible(page, 'rows with conditions');
    await save(page);
    const [find] = (await visitor.installation.admin.get('/api/offers/finds?fields=pieces.damage')).body.items;
    assert.equal(find.pieces[0].damage, 'cracked');
  });

  test('The browser complained about nothing', () => {
    assert.deepEqual(visitor.complaints, []);
  });
});

describe('An administrator builds conditions in the object manager', { skip }, () => {
  let visitor: Visit;
  let page: Page;

  before(async () => {
    visitor = await visit();
    ({ page } = visitor);
    await visitor.installation.admin.post('/api/platform/objects', FIND);
  });
  after(() => visitor?.end());

  const field = async (name: string) => {
    const { body } = await visitor.installation.admin.get('/api/platform/objects/find');
    return body.fields.find((one: { name: string }) => one.name === name);
  };

  test('A new field is shown only for stones', async () => {
    await visitor.open('/settings/objects/find');
    await page.getByRole('button', { name: 'New field' }).click();
    await page.getByRole('button', { name: /^Text One/ }).click();
    await page.getByLabel('Label').fill('Colour');
    await page.getByRole('checkbox', { name: 'Shown only when' }).click();
    const group = page.getByRole('group', { name: 'Shown only when' });
    await group.getByText('A comparison without a value is not saved.').waitFor();
    await compare(group, 'Kind', 'is one of');
    await group.getByRole('combobox', { name: 'Value' }).click();
    await page.getByRole('option', { name: 'stone' }).click();
    await page.keyboard.press('Escape');
    await assertAccessible(page, 'a new field with a condition');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Colour is there.').waitFor();
    await page
      .getByRole('row', { name: /Colour/ })
      .getByText('Shown by condition')
      .waitFor();
    assert.deepEqual((await field('colour')).visibleWhen, { and: [{ kind: { in: ['stone'] } }] });
  });

  test('A field that is there becomes required under any of two conditions', async () => {
    await edit(visitor, 'Remark');
    await page.getByRole('checkbox', { name: 'Required only when' }).click();
    const group = page.getByRole('group', { name: 'Required only when' });
    await compare(group, 'Worth', 'is at least');
    await group.getByRole('textbox', { name: 'Value' }).fill('50');
    await group.getByRole('button', { name: 'Add condition' }).click();
    await group.getByText('Any of them').click();
    await compare(group, 'Sealed', 'is', 1);
    await assertAccessible(page, 'a field with a condition');
    await apply(page);
    await page
      .getByRole('row', { name: /Remark/ })
      .getByText('Required by condition')
      .waitFor();
    assert.deepEqual((await field('remark')).requiredWhen, { or: [{ worth: { gte: '50' } }, { sealed: { eq: true } }] });
  });

  test('What it reads again is what was said, and what a lone line cannot say is kept', async () => {
    await edit(visitor, 'Remark');
    assert.equal(await page.getByRole('checkbox', { name: 'Required only when' }).isChecked(), true);
    const group = page.getByRole('group', { name: 'Required only when' });
    assert.equal(await group.getByRole('textbox', { name: 'Value' }).inputValue(), '50');
    assert.equal(
      await page.getByRole('group', { name: 'Closed only when' }).getByRole('combobox', { name: 'Field' }).inputValue(),
      'Sealed',
    );
    await page.getByRole('checkbox', { name: 'Closed only when' }).click();
    await apply(page);
    assert.deepEqual([(await field('remark')).readOnlyWhen, (await field('remark')).requiredWhen.or.length], [undefined, 2]);
  });

  test('Two fields that would hide each other are refused, with the reason', async () => {
    await edit(visitor, 'Kind');
    await page.getByRole('checkbox', { name: 'Shown only when' }).click();
    const group = page.getByRole('group', { name: 'Shown only when' });
    await compare(group, 'Hardness', 'is empty or not');
    await page.getByRole('button', { name: 'See what it would do' }).click();
    await page.getByText('Kind would be shown only by what depends on it itself').waitFor();
  });

  test('The form follows at once', async () => {
    await visitor.open('/o/find/new');
    await page.getByLabel('Worth').fill('60');
    await page.getByLabel('Remark *').waitFor();
    assert.equal(await page.getByLabel('Colour').count(), 0);
    await choose(page, 'Kind', 'stone');
    await page.getByLabel('Colour').waitFor();
  });

  test('The browser complained about nothing', () => {
    assert.deepEqual(visitor.complaints, []);
  });
});

async function edit({ page, open }: Visit, field: string): Promise<void> {
  await open('/settings/objects/find');
  await page.getByRole('button', { name: `Actions for ${field}` }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('dialog').waitFor();
}

/** Chooses the field and the comparison of a line. */
async function compare(group: Locator, field: string, operator: string, line = 0): Promise<void> {
  await group.getByRole('combobox', { name: 'Field' }).nth(line).click();
  await group.getByRole('option', { name: field, exact: true }).click();
  const chosen = group.getByRole('combobox', { name: 'Comparison' }).nth(line);
  if ((await chosen.inputValue()) === operator) return;
  await chosen.click();
  await group.getByRole('option', { name: operator, exact: true }).click();
}

/** Looks at what a change would do, then does it. */
async function apply(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Find saved.').first().waitFor();
  await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
}
