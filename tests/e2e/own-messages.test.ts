import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright';
import { someone } from '#tests/support/approvals.ts';
import { assertAccessible, complaintsOf, openBrowser, openPage, visit, type Visit } from '#tests/support/browser.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

describe('How messages reach oneself', { skip: skipReason(testDatabaseUrl()) ?? skipReason(chromiumPath()) }, () => {
  let here: Visit;
  let elsewhere: Browser;
  before(async () => {
    here = await visit();
    elsewhere = await openBrowser();
    await someone(here.installation, 'Sam', ['sales']);
  });
  after(async () => {
    await elsewhere.close();
    await here.end();
  });

  test('is said in one’s profile, by whoever is signed in, in their language', async () => {
    const page = await openPage(elsewhere);
    const complaints = complaintsOf(page);
    await page.goto(here.installation.url);
    await page.getByLabel('E-mail').fill('sam@example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery staple');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sam' }).click();
    await page.getByRole('menuitem', { name: 'My profile' }).click();
    const card = page.getByRole('region', { name: 'Messages to me' });
    await card.getByLabel('Quiet from').fill('22:00');
    await card.getByRole('button', { name: 'Save times' }).click();
    await card.getByText('Quiet hours have a beginning and an end.').waitFor();
    await card.getByLabel('Quiet until').fill('06:30');
    await card.getByRole('combobox', { name: 'E-mails' }).click();
    await page.getByRole('option', { name: 'Weekly, in one letter' }).click();
    await card.getByLabel('Letter leaves at').fill('08:00');
    await card.getByRole('combobox', { name: 'Letter leaves on' }).click();
    await page.getByRole('option', { name: 'Monday' }).click();
    await card.getByRole('button', { name: 'Save times' }).click();
    await page.getByText('Saved.').waitFor();
    const wanted = card.getByRole('checkbox').first();
    const rule = String(await wanted.getAttribute('aria-label'));
    await wanted.click();
    await card.getByRole('checkbox', { name: rule, checked: false }).waitFor();
    await assertAccessible(page, 'one’s own messages');

    await page.reload();
    await card.getByRole('checkbox', { name: rule, checked: false }).waitFor();
    assert.equal(await card.getByLabel('Quiet until').inputValue(), '06:30');
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: 'Deutsch' }).click();
    const german = page.getByRole('region', { name: 'Nachrichten an mich' });
    await german.getByText('Was Ihnen mitgeteilt wird').waitFor();
    assert.equal(await german.getByRole('combobox', { name: 'Brief geht am' }).inputValue(), 'Montag');
    await page.setViewportSize({ width: 390, height: 844 });
    await assertAccessible(page, 'one’s own messages, on a telephone, in German');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    assert.deepEqual(complaints, []);
  });

  test('is no button over the rules of all', async () => {
    await here.open('/o/notification_rule');
    await here.page.getByRole('heading', { level: 1, name: 'Notification rules' }).waitFor();
    await here.page.getByText('Invoice', { exact: false }).first().waitFor();
    for (const name of ['Own notifications', 'Mark as read', 'How messages reach oneself'])
      assert.equal(await here.page.getByRole('button', { name }).count(), 0, name);
    assert.deepEqual(here.complaints, []);
  });
});
