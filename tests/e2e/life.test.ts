import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright';
import { assertAccessible, complaintsOf, openBrowser, openPage, visit, type Visit } from '#tests/support/browser.ts';
import { eventually } from '#tests/support/eventually.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());
const CUSTOMERS = '/api/customers/customers';
const PASSWORD = 'correct horse battery staple';

/** A picture of one pixel. */
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

/** What is dragged over the page: a picture and a letter. */
function carried(bytes: readonly number[]): DataTransfer {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(bytes)], 'map.png', { type: 'image/png' }));
  transfer.items.add(new File(['Dear customer'], 'letter.txt', { type: 'text/plain' }));
  return transfer;
}

/** Signs Ben in, in German. */
async function signInAsBen(page: Page, url: string): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('tessera.language', 'de'));
  await page.goto(`${url}/login`);
  await page.getByLabel('E-Mail').fill('ben@example.com');
  await page.getByRole('textbox', { name: 'Passwort' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByRole('heading', { level: 1, name: 'Hallo Ben' }).waitFor();
}

describe('What stands beside a record', { skip }, () => {
  let visitor: Visit;
  let id: string;
  let benId: string;

  before(async () => {
    visitor = await visit();
    const { admin } = visitor.installation;
    id = (await admin.post(CUSTOMERS, { name: 'Kessler' })).body.id;
    const ben = { name: 'Ben Winter', email: 'ben@example.com', password: PASSWORD, roles: ['sales'] };
    benId = (await admin.post('/api/platform/users', ben)).body.id;
  });
  after(() => visitor?.end());

  const history = () => visitor.page.getByRole('complementary', { name: 'History' });

  test('A comment mentions somebody who is picked while typing, by keyboard alone', async () => {
    const { page } = visitor;
    await visitor.open(`/o/customer/${id}`);
    const box = page.getByRole('textbox', { name: 'New comment' });
    await box.pressSequentially('**Call** them today, @be');
    await page.getByRole('option', { name: /Ben Winter/ }).waitFor();
    await box.press('Enter');
    await eventually('Ben is picked', async () => (await box.inputValue()) === '**Call** them today, @Ben Winter ');
    await box.press('Control+Enter');
    await history().getByRole('listitem').getByText('@Ben Winter').waitFor();
    await eventually('the box is empty for the next one', async () => (await box.inputValue()) === '');
    const { body } = await visitor.installation.admin.get(`${CUSTOMERS}/${id}/comments`);
    assert.deepEqual(body.items[0].mentions, [benId]);
    assert.match(body.items[0].html, /<strong>Call<\/strong>/);
  });

  test('Its author edits it in its place and deletes it after a question', async () => {
    const { page } = visitor;
    await page.getByRole('button', { name: 'More on this comment' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    const box = page.getByRole('textbox', { name: 'Edit the comment' });
    assert.equal(await box.inputValue(), '**Call** them today, @Ben Winter');
    await box.fill('Call them *tomorrow*, @Ben Winter');
    await history().getByRole('button', { name: 'Save' }).click();
    await history().getByText('edited', { exact: true }).waitFor();
    const { body } = await visitor.installation.admin.get(`${CUSTOMERS}/${id}/comments`);
    assert.deepEqual(body.items[0].mentions, [benId]);
    await visitor.installation.admin.post(`${CUSTOMERS}/${id}/comments`, { text: 'to be deleted' });
    await history().getByText('to be deleted').waitFor();
    await page.getByRole('button', { name: 'More on this comment' }).first().click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await history().getByText('to be deleted').waitFor({ state: 'detached' });
  });

  test('Files dropped on the page are attached, shown small, downloaded and taken off', async () => {
    const { page } = visitor;
    const dropped = await page.evaluateHandle(carried, [...PICTURE]);
    const body = page.locator('.record-body');
    await body.dispatchEvent('dragover', { dataTransfer: dropped });
    await page.getByText('Drop to attach to this record').waitFor();
    await body.dispatchEvent('drop', { dataTransfer: dropped });
    const files = page.getByRole('region', { name: 'Files' });
    await files.getByRole('link', { name: 'letter.txt' }).waitFor();
    await files.locator('img').waitFor();
    const href = await files.getByRole('link', { name: 'letter.txt' }).getAttribute('href');
    assert.equal((await visitor.installation.admin.get(href ?? '')).body, 'Dear customer');
    await history().getByText('attached').first().waitFor();
    await page.getByRole('button', { name: 'Remove map.png' }).click();
    await history().getByText('removed', { exact: true }).waitFor();
    await files.getByRole('link', { name: 'map.png' }).waitFor({ state: 'detached' });
  });

  test('All of it is one story: what was done stands with its command, in order', async () => {
    const { admin } = visitor.installation;
    await admin.post(`${CUSTOMERS}/${id}/actions/suspend`, { reason: 'does not pay' });
    await history().getByText('Suspend', { exact: true }).waitFor();
    const texts = (await history().getByRole('listitem').allInnerTexts()).join('\n');
    const order = ['Suspend', 'removed map.png', 'attached letter.txt', 'Call them tomorrow', 'Created'].map((text) => texts.indexOf(text));
    assert.deepEqual(
      order,
      order.toSorted((left, right) => left - right),
      texts,
    );
    await assertAccessible(visitor.page, 'a record with comments and files');
  });

  notified(() => ({ visitor }));

  test('Somebody else reads along, in German, and is told apart', async () => {
    const browser = await openBrowser();
    try {
      const page = await openPage(browser, { width: 390, height: 844 });
      const complaints = complaintsOf(page);
      await signInAsBen(page, visitor.installation.url);
      const person = await page.getByRole('button', { name: /Angemeldet als/ }).boundingBox();
      assert.ok(person && person.x + person.width <= 390, 'all of the head has room on a telephone');
      await page.getByRole('button', { name: 'Erwähnungen, ungelesen: 1' }).click();
      await page.getByRole('button', { name: /Ada hat Sie in Kessler erwähnt/ }).waitFor();
      await assertAccessible(page, 'the mentions');
      await Promise.all([
        page.waitForResponse((response) => response.url().includes('/stream')),
        page.getByRole('button', { name: /Ada hat Sie in Kessler erwähnt/ }).click(),
      ]);
      await page.getByRole('button', { name: 'Erwähnungen', exact: true }).waitFor();
      const mine = page.getByRole('complementary', { name: 'Verlauf' });
      await mine.getByText('@Ben Winter').waitFor();
      assert.equal(await page.locator('.comment-mine').count(), 1);
      assert.equal(await page.getByRole('button', { name: 'Mehr zu diesem Kommentar' }).count(), 0, 'it is not theirs');
      await eventually('what others write shows by itself', () => showsComment(visitor, id, mine));
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      assert.equal(isWide, false, 'the page does not scroll sideways');
      await assertAccessible(page, 'a record on a telephone');
      assert.deepEqual(complaints, []);
    } finally {
      await browser.close();
    }
    assert.deepEqual(visitor.complaints, []);
  });
});

/** Somebody comments; true when the page shows it soon, which it does once it follows the record. */
async function showsComment({ installation }: Visit, id: string, history: Locator): Promise<boolean> {
  await installation.admin.post(`${CUSTOMERS}/${id}/comments`, { text: 'Just now' });
  const shown = history.getByText('Just now').first();
  return shown.waitFor({ timeout: 1_500 }).then(
    () => true,
    () => false,
  );
}

/** What rules tell, and the templates by which they do. */
function notified(place: () => { readonly visitor: Visit }): void {
  test('A message template shows on a real record what it says, while it is written', async () => {
    const { visitor } = place();
    const { page, installation } = visitor;
    const filter = { name: 'customer-suspended', language: 'en' };
    const { body } = await installation.admin.post('/api/notifications/templates/query', { filter });
    await visitor.open(`/o/template/${body.items[0].id}`);
    await page.getByRole('button', { name: 'Preview' }).click();
    const preview = page.getByRole('dialog', { name: 'Preview' });
    await preview.getByText('Kessler (').waitFor();
    await assertAccessible(page, 'the preview of a message template');
    const text = page.getByRole('textbox', { name: 'Text' });
    await text.fill('Hello {{nam}}');
    await preview.getByText('Did you mean name').waitFor();
    await text.fill('Hello {{name}}');
    await preview.getByText('Hello Kessler').waitFor();
    await text.fill(String(body.items[0].body));
  });

  test('What a rule tells somebody in the app comes to the bell by itself, and is marked as read', async () => {
    const { page, installation } = place().visitor;
    const customer = await installation.admin.post(CUSTOMERS, { name: 'Lindner' });
    await place().visitor.open('/');
    const unread = page.getByRole('button', { name: /^Notifications, unread: / });
    await unread.click();
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await installation.admin.post(`${CUSTOMERS}/${customer.body.id}/actions/suspend`, { reason: 'Owes much' });
    await unread.waitFor();
    await assertAccessible(page, 'the bell');
  });
}
