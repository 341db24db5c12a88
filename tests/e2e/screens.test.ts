import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());

const PAGES = [
  ['/', 'Hallo Ada'],
  ['/o/offer', 'Angebote'],
  ['/o/product/new', 'Neu: Produkt'],
  ['/o/role', 'Rollen'],
  ['/settings/objects', 'Objekte und Felder'],
  ['/settings/objects/offer', 'Angebot'],
  ['/settings/objects/offer?tab=permissions', 'Angebot'],
  ['/settings/objects/offer?tab=api', 'Angebot'],
  ['/settings/objects/offer?tab=history', 'Angebot'],
  ['/settings/documents', 'Belegvorlagen'],
  ['/settings/documents/invoice/de', 'Rechnung – Deutsch'],
  ['/settings/users', 'Benutzer'],
  ['/settings/keys', 'API-Schlüssel'],
  ['/settings/services', 'Dienste'],
  ['/settings/dead-letters', 'Unzustellbares'],
  ['/audit', 'Ereignisse'],
  ['/my-day', 'Mein Tag'],
  ['/reports/crm/forecast', 'Umsatzprognose'],
  ['/profile', 'Mein Profil'],
] as const;

describe('Every page, in German, in light and dark, wide and narrow', { skip }, () => {
  let visitor: Visit;
  let page: Page;

  before(async () => {
    visitor = await visit();
    ({ page } = visitor);
    await page.getByRole('button', { name: /Signed in as/ }).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { name: 'Hallo Ada' }).waitFor();
  });
  after(() => visitor?.end());

  for (const [path, heading] of PAGES) {
    test(`${path} is there and holds WCAG 2.2 AA`, async () => {
      await visitor.open(path);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await assertAccessible(page, path);
    });
  }

  test('A telephone shows the list and the navigation behind a button', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await visitor.open('/o/customer');
    await page.getByRole('heading', { level: 1, name: 'Kunden' }).waitFor();
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    assert.equal(isWide, false, 'the page does not scroll sideways');
    await page.getByRole('button', { name: 'Menü', exact: true }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Angebote' }).click();
    await page.getByRole('heading', { level: 1, name: 'Angebote' }).waitFor();
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('Somebody is invited, and the password is shown once', async () => {
    await visitor.open('/settings/users');
    await page.getByRole('button', { name: 'Benutzer einladen' }).click();
    await page.getByLabel('Name').fill('Ben Winter');
    await page.getByLabel('E-Mail').fill('ben@example.com');
    await page.getByRole('button', { name: 'Einladen', exact: true }).click();
    const [, email = '', password = ''] = (await page.getByTestId('credentials').innerText()).split('\n');
    const session = await fetch(`${visitor.installation.url}/api/platform/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    assert.equal(session.status, 200);
  });

  test('From a record one gets to all that happened to it, each event shows its course, and the chain is verified', async () => {
    const { body: customer } = await visitor.installation.admin.post('/api/customers/customers', { name: 'Adler' });
    await visitor.open(`/o/customer/${customer.id}`);
    await page.getByRole('link', { name: 'In allen Diensten' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ereignisse' }).waitFor();
    await page.getByRole('button', { name: /^CustomerCreated: / }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('table', { name: 'Was zusammengehört' }).getByRole('row').nth(1).waitFor();
    await drawer.getByText('"name": "Adler"').waitFor();
    await assertAccessible(page, 'an event');
    await drawer.getByRole('button', { name: 'Schließen' }).click();
    await page.getByRole('button', { name: 'Kette prüfen' }).click();
    await page.getByText(/geprüft: nichts wurde verändert/).waitFor();
    await assertAccessible(page, 'a verified chain');
    await page.getByRole('link', { name: 'Was gefunden wurde' }).click();
    await page.getByText('Nichts gefunden').first().waitFor();
  });

  test('The browser complained about nothing', () => {
    assert.deepEqual(visitor.complaints, []);
  });
});
