import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { eventually } from '#tests/support/eventually.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { makeProject } from './project.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());
const EDITOR = '/settings/objects/project?tab=layouts';

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('The layout is in force.').waitFor();
  await page.getByText('The layout is in force.').waitFor({ state: 'hidden' });
}

describe('A page is laid out on a real record', { skip }, () => {
  let visitor: Visit;
  let page: Page;
  let id = '';

  before(async () => {
    visitor = await visit();
    ({ page } = visitor);
    id = await makeProject(visitor);
  });
  after(() => visitor?.end());

  const item = (name: string) => page.getByRole('button', { name, exact: true });

  test('Its fields stand with the values of the record; a tab, a list of steps and a width are added', async () => {
    await visitor.open(EDITOR);
    await page.getByText('Harbour').first().waitFor();
    await assertAccessible(page, 'layout editor');
    await item('Goal').click();
    await page.getByText('2', { exact: true }).locator('xpath=ancestor::label').click();
    await page.getByRole('button', { name: 'Add tab' }).click();
    await page.getByLabel('Title of the tab, English').fill('Work');
    await page.getByLabel('Title of the tab, German').fill('Arbeit');
    await page.getByRole('button', { name: 'Add section' }).click();
    await page.getByLabel('Title of the section, English').fill('Steps of it');
    await page.getByRole('button', { name: 'Place Steps (Project)' }).click();
    await page.getByRole('combobox', { name: 'Sorted by' }).click();
    await page.getByRole('option', { name: 'Effort' }).click();
    await page.getByRole('switch', { name: 'Highest first' }).check();
    await page.getByLabel('Records shown at first').fill('2');
    await assertAccessible(page, 'layout editor, a related list');
    await save(page);
    await visitor.open(`/o/project/${id}`);
    await page.getByRole('tab', { name: 'Work' }).click();
    const steps = page.getByRole('region', { name: 'Steps of it' });
    await steps.getByRole('link', { name: 'Step 9' }).waitFor();
    assert.deepEqual(await steps.locator('tbody tr td:first-child').allInnerTexts(), ['Step 9', 'Step 5']);
    await steps.getByRole('link', { name: 'Show all' }).waitFor();
    await assertAccessible(page, 'record with tabs');
  });

  test('What is refused on another tab opens it', async () => {
    await page.getByRole('tab', { name: 'General' }).click();
    await page.getByLabel('Goal').fill('');
    await page.getByRole('tab', { name: 'Work' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByLabel('Goal').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  test('Steps are taken back and forth with keys, and a field is moved and taken off with them', async () => {
    await visitor.open(EDITOR);
    await item('Start').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    const general = page.getByRole('region', { name: 'General' });
    const names = () => general.locator('.layout-item .layout-name').allInnerTexts();
    assert.deepEqual((await names()).slice(0, 3), ['Name', 'Start', 'Stage']);
    await page.getByText('Start: 2 of 5 in General').waitFor({ state: 'attached' });
    await item('Budget').focus();
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Place Budget' }).waitFor();
    await page.getByText('Budget was taken off the page.').waitFor({ state: 'attached' });
    await page.waitForFunction(() => document.activeElement?.textContent === 'Goal');
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: 'Place Budget' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    assert.deepEqual((await names()).slice(0, 3), ['Name', 'Stage', 'Budget']);
    await page.keyboard.press('Control+Shift+z');
    assert.deepEqual((await names()).slice(0, 4), ['Name', 'Stage', 'Start', 'Budget']);
    await general.getByRole('button', { name: 'Drag Budget' }).focus();
    await page.keyboard.press('Space');
    await page.getByText('Budget was picked up.').waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await page.getByText('Budget is back where it was.').waitFor({ state: 'attached' });
    await save(page);
  });

  test('It is looked at as a role: without what these people do not see', async () => {
    await page.getByRole('combobox', { name: 'Preview as' }).click();
    await page.getByRole('option', { name: 'Sales', exact: true }).click();
    const preview = page.getByRole('group', { name: 'Preview' });
    await preview.getByLabel('Goal').waitFor();
    assert.equal(await preview.getByText('Budget').count(), 0);
    await assertAccessible(page, 'layout, preview as a role');
  });

  test('Its versions show what was added, moved and removed, and any of them comes back', async () => {
    await visitor.open(EDITOR);
    await page.getByRole('button', { name: 'Versions' }).click();
    const lines = page.getByRole('list', { name: 'What is different' });
    await lines.locator('[data-state="moved"]', { hasText: /Start|Budget/ }).waitFor();
    await page.getByRole('navigation', { name: 'Versions' }).getByRole('button').nth(1).click();
    await lines.locator('[data-state="added"]', { hasText: 'Tab: Work' }).waitFor();
    await lines.locator('[data-state="changed"]', { hasText: 'Goal' }).waitFor();
    await assertAccessible(page, 'versions of a layout');
    await page.getByRole('navigation', { name: 'Versions' }).getByRole('button').last().click();
    await page.getByRole('button', { name: 'Take this one again' }).click();
    await page.getByRole('tab', { name: 'Work' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await page.getByRole('tab', { name: 'Work' }).waitFor();
  });
});

describe('A page has several layouts, and a board its cards', { skip }, () => {
  let visitor: Visit;
  let page: Page;
  let id = '';

  before(async () => {
    visitor = await visit();
    ({ page } = visitor);
    id = await makeProject(visitor);
  });
  after(() => visitor?.end());

  const item = (name: string) => page.getByRole('button', { name, exact: true });

  test('Changes that are not saved are not left unasked, on these screens or by loading the page anew', async () => {
    const change = async (): Promise<void> => {
      await item('Goal').focus();
      await page.keyboard.press('Alt+ArrowUp');
    };
    const asked = page.getByRole('dialog', { name: 'Unsaved changes' });
    await visitor.open(EDITOR);
    await change();
    await page.getByRole('tab', { name: 'Fields' }).click();
    await asked.waitFor();
    await assertAccessible(page, 'leaving a layout that is not saved');
    await asked.getByRole('button', { name: 'Stay here' }).click();
    assert.equal(await page.getByRole('button', { name: 'Save', exact: true }).isEnabled(), true);
    const list = page.getByRole('radiogroup', { name: 'Which page' }).getByText('List', { exact: true });
    await list.click();
    await asked.getByRole('button', { name: 'Leave without saving' }).click();
    await page.waitForURL(/layout=list/);
    await change();
    const browsers = page.waitForEvent('dialog');
    const reloaded = page.reload();
    const dialog = await browsers;
    assert.equal(dialog.type(), 'beforeunload');
    await dialog.accept();
    await reloaded;
    await visitor.open(EDITOR);
    await item('Goal').waitFor();
  });

  test('Another layout is taken for records that meet a condition, and for a role', async () => {
    await visitor.open(EDITOR);
    await page.getByRole('button', { name: 'Another layout' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Running projects');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('button', { name: 'Add rule' }).click();
    const dialog = page.getByRole('dialog');
    assert.equal(await dialog.getByRole('combobox', { name: 'Layout' }).inputValue(), 'Running projects');
    await dialog.getByText('Only for records that meet a condition').click();
    await dialog.getByRole('combobox', { name: 'Field' }).click();
    await dialog.getByRole('option', { name: 'Stage' }).click();
    await dialog.getByRole('combobox', { name: 'Value' }).click();
    await dialog.getByRole('option', { name: 'running' }).click();
    await page.keyboard.press('Escape');
    await assertAccessible(page, 'a rule for a layout');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The rules are in force.').waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Running projects' })
      .filter({ hasText: /Stage.*running/ })
      .waitFor();
    await item('Budget').focus();
    await page.keyboard.press('Delete');
    await save(page);
    await visitor.open(`/o/project/${id}`);
    await page.getByLabel('Budget').waitFor();
    await visitor.installation.admin.patch(`/api/customers/projects/${id}`, { stage: 'running' });
    await page.reload();
    await page.getByLabel('Goal').waitFor();
    assert.equal(await page.getByLabel('Budget').count(), 0);
  });

  test('A page for new records that leaves out what they need is not saved unasked, nor one with nothing on it', async () => {
    await visitor.open('/settings/objects/project?tab=layouts&layout=create');
    await item('Goal').focus();
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const asked = page.getByRole('dialog', { name: 'Nobody could create a record with it' });
    await asked.getByRole('listitem').filter({ hasText: 'Goal' }).waitFor();
    await assertAccessible(page, 'a page for new records without a required field');
    await asked.getByRole('button', { name: 'Add them and save' }).click();
    await page.getByText('The layout is in force.').waitFor();
    await visitor.open('/o/project/new');
    await page.getByLabel('Goal').waitFor();
    const { body } = await visitor.installation.admin.put(
      '/api/platform/objects/project/layouts/create',
      { sections: [{ id: 'main', items: ['stage', 'goal'] }] },
      { 'if-match': '*' },
    );
    assert.deepEqual(body.warnings, [
      'Name is required and has no default, and the page for new records does not ask for it: nobody can create one there.',
    ]);
  });

  test('Two people at the same layout: whoever is second takes what is in force, or saves over it', () => saveAtOnce(visitor));

  test('The cards of a board have a layout of their own', async () => {
    await visitor.open('/settings/objects/project?tab=layouts&layout=list');
    await item('Name').waitFor();
    await assertAccessible(page, 'layout of a list');
    await visitor.open('/settings/objects/project?tab=layouts&layout=kanban');
    await item('Name').waitFor();
    await assertAccessible(page, 'layout of cards');
    await item('Stage').focus();
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Place Goal' }).click();
    await save(page);
    await visitor.open('/o/project?display={"kind":"board","by":"stage"}');
    const card = page.locator('.board-card', { hasText: 'Harbour' });
    await card.getByText('Ships').waitFor();
  });
});

/** One person edits the layout at the screen, another one by the API. */
async function saveAtOnce(visitor: Visit): Promise<void> {
  const { page } = visitor;
  const item = (name: string) => page.getByRole('button', { name, exact: true });
  const layout = '/api/platform/objects/project/layouts/detail';
  const { admin } = visitor.installation;
  const theirs = (...items: readonly string[]) => admin.put(layout, { sections: [{ id: 'main', items }] }, { 'if-match': '*' });
  const names = () => page.locator('.layout-section .layout-name:not(.layout-title)').allInnerTexts();
  const shows = async (...wanted: readonly string[]) =>
    void (await eventually(wanted.join(), async () => (await names()).join() === wanted.join()));
  assert.equal((await theirs('name', 'goal', 'stage')).status, 200);
  await visitor.open(EDITOR);
  await shows('Name', 'Goal', 'Stage');
  await admin.patch('/api/platform/objects/project/fields/budget', { label: 'Money' });
  await item('Stage').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await save(page);
  await shows('Name', 'Stage', 'Goal');
  await item('Goal').focus();
  await page.keyboard.press('Alt+ArrowUp');
  assert.equal((await theirs('name', 'start')).status, 200);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const conflict = page.getByRole('alert', { name: 'Somebody else has changed this layout meanwhile' });
  await conflict.waitFor();
  await assertAccessible(page, 'a layout that somebody else has saved meanwhile');
  await conflict.getByRole('button', { name: 'Take the newest and lose mine' }).click();
  await shows('Name', 'Start');
  await item('Start').focus();
  await page.keyboard.press('Alt+ArrowUp');
  assert.equal((await theirs('goal', 'name', 'start')).status, 200);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await conflict.getByRole('button', { name: 'Save mine over it' }).click();
  await page.getByText('The layout is in force.').waitFor();
  await shows('Start', 'Name');
  await conflict.waitFor({ state: 'detached' });
}
