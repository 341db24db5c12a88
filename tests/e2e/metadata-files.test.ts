import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

describe('An administrator takes metadata from one installation to another', { skip }, () => {
  let source: Installation;
  let visitor: Visit;
  before(async () => {
    source = await startInstallation();
    await source.admin.post('/api/platform/objects', {
      name: 'seat',
      label: 'Seat',
      module: 'offers',
      fields: [
        { name: 'name', type: 'text' },
        { name: 'row', type: 'integer' },
      ],
    });
    visitor = await visit();
  });
  after(async () => {
    await visitor?.end();
    await source?.stop();
  });

  const bundle = async (): Promise<{ name: string; mimeType: string; buffer: Buffer }> => {
    const { format, files } = (await source.admin.get('/api/platform/metadata')).body;
    return { name: 'metadata.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ format, files })) };
  };
  const choose = async (): Promise<void> => {
    const { page } = visitor;
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles(await bundle());
  };

  test('A file shows what it would change, and is applied as one', async () => {
    const { page } = visitor;
    await visitor.open('/settings/files');
    await choose();
    const plan = page.getByRole('table', { name: 'Plan' });
    await plan.getByRole('row', { name: 'Add seat.row' }).waitFor();
    await assertAccessible(page, 'the plan of a file');
    await page.getByRole('button', { name: 'Apply this plan' }).click();
    await page.getByText('Applied as version').first().waitFor();
    assert.equal((await visitor.installation.admin.get('/api/offers/seats?fields=row')).status, 200);
  });

  test('What has moved meanwhile is refused with the way out; what is not in the file goes when it is ticked', async () => {
    const { page } = visitor;
    await visitor.installation.admin.post('/api/platform/objects/seat/fields', { name: 'wagon', type: 'integer' });
    await source.admin.patch('/api/platform/objects/seat/fields/row', { label: 'Row of seats' });
    await visitor.open('/settings/files');
    await choose();
    await page.getByRole('row', { name: /Change seat\.row/ }).waitFor();
    await visitor.installation.admin.post('/api/platform/objects/seat/fields', { name: 'coach', type: 'integer' });
    await page.getByRole('button', { name: 'Apply this plan' }).click();
    await page.getByRole('alert').getByRole('button').click();
    await page.getByLabel('seat.coach').waitFor();
    await page.getByLabel('seat.wagon').check();
    await page.getByRole('row', { name: 'Remove seat.wagon' }).waitFor();
    await page.getByRole('button', { name: 'Apply this plan' }).click();
    await page.getByText('Applied as version').first().waitFor();
    const { fields } = (await visitor.installation.admin.get('/api/platform/objects/seat')).body;
    const names = fields.map(({ name }: { name: string }) => name);
    assert.deepEqual([names.includes('coach'), names.includes('wagon')], [true, false]);
  });

  test('Conditions, rules of layouts and options are said in words, those about fields that are not there yet too', async () => {
    const { page } = visitor;
    const seat = '/api/platform/objects/seat';
    const { admin } = source;
    await admin.post(`${seat}/fields`, { name: 'berth', type: 'select', options: ['upper', 'lower'] });
    await admin.patch(`${seat}/fields/row`, { visibleWhen: { not: { berth: 'upper' } }, requiredWhen: { name: { isNull: false } } });
    const sections = [{ id: 'main', items: ['name', 'row'] }];
    await admin.put(`${seat}/layouts/night`, { page: 'detail', label: 'Night train', sections }, { 'if-match': '*' });
    await admin.patch(seat, { layoutRules: [{ layout: 'night', roles: ['sales'], when: { berth: { in: ['lower'] } } }] });
    await visitor.open('/settings/files');
    await choose();
    const field = page.getByRole('row', { name: /^Change seat\.row/ });
    await field.getByText('not (berth is upper)').waitFor();
    assert.match(await field.innerText(), /Name\s+filled/);
    const rules = page.getByRole('row', { name: /^Change seat layoutRules/ });
    assert.match(await rules.innerText(), /night\s+for Sales ·\s+berth is one of lower/);
    assert.doesNotMatch(await page.getByRole('table', { name: 'Plan' }).innerText(), /[{}]/);
    await page.getByRole('button', { name: 'Apply this plan' }).click();
    await page.getByText('Applied as version').first().waitFor();
    await admin.patch(`${seat}/fields/berth`, {
      options: [
        { key: 'upper', label: 'Up' },
        { key: 'lower', label: 'Down', visibleWhen: { row: { gte: 10 } } },
      ],
    });
    await visitor.open('/settings/files');
    await choose();
    const options = page.getByRole('row', { name: /^Change seat\.berth/ });
    await options.getByText('Up (upper)').waitFor();
    assert.match(await options.innerText(), /Down \(lower\)\s+only when\s+Row of seats\s+is at least\s+10/);
    await assertAccessible(page, 'a plan with rules in words');
  });

  test('What administrators made is downloaded as one file, the same as the server exports', async () => {
    const { page, installation } = visitor;
    await visitor.open('/settings/files');
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    const { format, files } = (await installation.admin.get('/api/platform/metadata')).body;
    const text = await readFile(await (await waiting).path(), 'utf8');
    assert.deepEqual(JSON.parse(text), { format, files });
  });

  test('The browser complained about nothing', () => {
    assert.deepEqual(visitor.complaints, []);
  });
});
