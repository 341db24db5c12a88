import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { visit, type Visit } from '#tests/support/browser.ts';
import { eventually } from '#tests/support/eventually.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());
const CUSTOMERS = '/api/customers/customers';

describe('What others do is seen without asking', { skip }, () => {
  let visitor: Visit;
  let id: string;

  before(async () => {
    visitor = await visit();
    id = (await visitor.installation.admin.post(CUSTOMERS, { name: 'Before' })).body.id;
  });
  after(() => visitor?.end());

  const rename = (name: string): Promise<unknown> => visitor.installation.admin.patch(`${CUSTOMERS}/${id}`, { name });
  const followed = (): Promise<unknown> => visitor.page.waitForResponse((response) => response.url().includes('/stream'));

  test('A record shows the change of somebody else, with its history', async () => {
    const { page } = visitor;
    await Promise.all([followed(), visitor.open(`/o/customer/${id}`)]);
    await page.getByRole('heading', { level: 1, name: 'Before' }).waitFor();
    // A stream tells what happens from its first look on.
    await page.waitForTimeout(800);
    await rename('After');
    await page.getByRole('heading', { level: 1, name: 'After' }).waitFor();
  });

  test('While somebody writes, it says so and touches nothing; saving keeps both', async () => {
    const { page } = visitor;
    await page.getByRole('textbox', { name: 'Phone' }).fill('+49 30 123456');
    await rename('Meanwhile');
    await page.getByText('Somebody has changed this record since you opened it.').waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Phone' }).inputValue(), '+49 30 123456');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Meanwhile' }).waitFor();
    await eventually('both are kept', async () => {
      const { body } = await visitor.installation.admin.get(`${CUSTOMERS}/${id}`);
      return body.name === 'Meanwhile' && body.phone === '+4930123456';
    });
  });

  test('A list says that it is behind, and is not at a click', async () => {
    const { page } = visitor;
    await Promise.all([followed(), visitor.open('/o/customer')]);
    await page.getByRole('link', { name: 'Meanwhile' }).waitFor();
    await page.waitForTimeout(800);
    await rename('At last');
    await page.getByRole('button', { name: 'Records have changed: show them' }).click();
    await page.getByRole('link', { name: 'At last' }).waitFor();
    assert.deepEqual(
      visitor.complaints.filter((complaint) => !complaint.includes('status of 412')),
      [],
    );
  });
});
