import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

describe('A clerk changes many records at once', { skip }, () => {
  let visitor: Visit;

  before(async () => {
    visitor = await visit();
    for (const name of ['Adler', 'Buche', 'Celle'])
      await visitor.installation.admin.post('/api/customers/customers', { name, email: `${name.toLowerCase()}@example.com` });
  });
  after(() => visitor?.end());

  test('One field of the records that are ticked, and of no others', async () => {
    const { page, installation } = visitor;
    await visitor.open('/o/customer?sort=name');
    for (const name of ['Adler', 'Buche']) await page.getByRole('row').filter({ hasText: name }).getByRole('checkbox').check();
    await page.getByText('Selected: 2').waitFor();
    await page.getByRole('button', { name: 'Change a field' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Field to change' }).click();
    await page.getByRole('option', { name: 'Phone', exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Phone' }).fill('+49 30 123456');
    await assertAccessible(page, 'many-dialog');
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await dialog.getByText('2 of 2 done, 0 refused.').waitFor();
    const { body } = await installation.admin.get('/api/customers/customers?fields=name,phone&sort=name');
    assert.deepEqual(
      body.items.map(({ name, phone }: { name: string; phone: string | null }) => [name, phone]),
      [
        ['Adler', '+4930123456'],
        ['Buche', '+4930123456'],
        ['Celle', null],
      ],
    );
  });
});
