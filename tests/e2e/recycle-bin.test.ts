import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());
const CUSTOMERS = '/api/customers/customers';

describe('The recycle bin', { skip }, () => {
  let visitor: Visit;
  const ids: string[] = [];

  before(async () => {
    visitor = await visit();
    const { admin } = visitor.installation;
    for (const name of ['Adler', 'Bussard', 'Condor', 'Drossel']) ids.push((await admin.post(CUSTOMERS, { name })).body.id);
    await admin.post(`${CUSTOMERS}/${ids[1]}/comments`, { text: 'moved away' });
    for (const id of ids) await admin.delete(`${CUSTOMERS}/${id}`);
  });
  after(() => visitor?.end());

  const row = (name: string) => visitor.page.getByRole('link', { name, exact: true });

  test('is searched like a list, the last one first, and says when a record came there', async () => {
    const { page } = visitor;
    await visitor.open('/o/customer');
    await page.getByRole('button', { name: 'Recycle bin' }).click();
    await page.getByRole('heading', { level: 1, name: 'Customers: recycle bin' }).waitFor();
    await row('Adler').waitFor();
    const names = await page.getByRole('link', { name: /^(Adler|Bussard|Condor|Drossel)$/ }).allInnerTexts();
    assert.deepEqual(names, ['Drossel', 'Condor', 'Bussard', 'Adler']);
    await page.getByRole('columnheader', { name: /Deleted at/ }).waitFor();
    await assertAccessible(page, 'the recycle bin');
    await page.getByRole('textbox', { name: 'Search Customers' }).fill('cond');
    await row('Adler').waitFor({ state: 'detached' });
    await row('Condor').waitFor();
    await page.getByRole('textbox', { name: 'Search Customers' }).fill('');
    await row('Adler').waitFor();
  });

  test('a record in it can be read with its story, and comes back', async () => {
    const { page } = visitor;
    await row('Bussard').click();
    await page.getByText(/This Customer is in the recycle bin since/).waitFor();
    await page.getByText('moved away').waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'New comment' }).count(), 0);
    await assertAccessible(page, 'a record in the recycle bin');
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('button', { name: 'Suspend', exact: true }).waitFor();
    await page.getByText('Restored from the recycle bin').waitFor();
    assert.equal((await visitor.installation.admin.get(`${CUSTOMERS}/${ids[1]}`)).status, 200);
  });

  test('several come back at once, and one goes for good after a question', async () => {
    const { page } = visitor;
    await visitor.open(`/o/customer/${ids[0]}`);
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
    await page.getByRole('heading', { level: 1, name: 'Customers: recycle bin' }).waitFor();
    await row('Condor').waitFor();
    assert.equal(await row('Adler').count(), 0);
    for (const box of await page.getByRole('checkbox').all()) if (!(await box.isChecked())) await box.check();
    await page.getByRole('toolbar').getByRole('button', { name: 'Restore' }).click();
    await page.getByText('Restored: 2').waitFor();
    const left = (await visitor.installation.admin.get(`${CUSTOMERS}?deleted=only`)).body.items;
    assert.deepEqual(left, []);
    assert.equal((await visitor.installation.admin.get(`${CUSTOMERS}/${ids[3]}`)).status, 200);
    assert.deepEqual(visitor.complaints, []);
  });
});
