import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertAccessible, visit, type Visit } from '#tests/support/browser.ts';
import { FIRST_ADMINISTRATOR } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const skip = skipReason(testDatabaseUrl(), chromiumPath());
const CUSTOMERS = '/api/customers/customers';
const BEN = { email: 'ben@example.com', password: 'correct horse battery staple' };

describe('What is not saved, and what two people do at once', { skip }, () => {
  let visitor: Visit;
  let id: string;

  before(async () => {
    visitor = await visit();
    const { admin } = visitor.installation;
    id = (await admin.post(CUSTOMERS, { name: 'Kessler', email: 'first@example.com' })).body.id;
    await admin.post('/api/platform/users', { name: 'Ben Winter', ...BEN, roles: ['sales'] });
  });
  after(() => visitor?.end());

  const field = (name: string) => visitor.page.getByRole('textbox', { name, exact: true });
  const kept = () => visitor.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('tessera.draft.')).length);
  const signOut = async (): Promise<void> => {
    await visitor.page.getByRole('button', { name: /Signed in as/ }).click();
    await visitor.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await visitor.page.getByRole('button', { name: 'Sign in' }).waitFor();
  };
  const signIn = async (who: { email: string; password: string }): Promise<void> => {
    await visitor.page.getByLabel('E-mail').fill(who.email);
    await visitor.page.getByRole('textbox', { name: 'Password' }).fill(who.password);
    await visitor.page.getByRole('button', { name: 'Sign in' }).click();
    await visitor.page.getByRole('heading', { level: 1, name: /^Hello/ }).waitFor();
  };

  test('A new record, a change and a comment survive a reload, and can be thrown away', async () => {
    const { page } = visitor;
    await visitor.open('/o/customer/new');
    await field('Name').fill('Half a customer');
    await page.reload();
    await page.getByText('Your unsaved input was restored.').waitFor();
    assert.equal(await field('Name').inputValue(), 'Half a customer');
    await page.getByRole('status').getByRole('button', { name: 'Discard' }).click();
    assert.equal(await field('Name').inputValue(), '');

    await visitor.open(`/o/customer/${id}`);
    await field('Website').fill('https://kessler.example');
    await field('New comment').fill('not yet said');
    await page.reload();
    await page.getByText('Your unsaved input was restored.').waitFor();
    assert.equal(await field('Website').inputValue(), 'https://kessler.example');
    assert.equal(await field('New comment').inputValue(), 'not yet said');
  });

  test('When the record has been changed since, it is offered and not put on top unasked', async () => {
    const { page } = visitor;
    await visitor.open('/');
    await visitor.installation.admin.patch(`${CUSTOMERS}/${id}`, { website: 'https://theirs.example' });
    await visitor.open(`/o/customer/${id}`);
    await page.getByText(/this record has been changed since/).waitFor();
    assert.equal(await field('Website').inputValue(), 'https://theirs.example');
    await page.getByRole('button', { name: 'Restore it' }).click();
    assert.equal(await field('Website').inputValue(), 'https://kessler.example');
    await assertAccessible(page, 'a record with restored input');
  });

  test('Who signs out leaves nothing behind, and nobody gets what another one typed', async () => {
    const { page } = visitor;
    assert.ok((await kept()) > 0);
    await signOut();
    assert.equal(await kept(), 0);
    await signIn(BEN);
    await visitor.open(`/o/customer/${id}`);
    await field('Website').fill('https://ben.example');
    await eventually('it is kept for Ben', async () => (await kept()) === 1);
    await visitor.installation.running.services[0]?.store.database.write({ text: 'delete from platform.session', values: [] });
    await page.context().clearCookies();
    await visitor.open('/login');
    await signIn(FIRST_ADMINISTRATOR);
    await visitor.open(`/o/customer/${id}`);
    await page.getByRole('heading', { level: 1, name: 'Kessler' }).waitFor();
    assert.equal(await field('Website').inputValue(), 'https://theirs.example');
    assert.equal(await page.getByText('unsaved input').count(), 0);
  });
});

describe('The same fields changed by two', { skip }, () => {
  let visitor: Visit;
  let id: string;

  before(async () => {
    visitor = await visit();
    id = (await visitor.installation.admin.post(CUSTOMERS, { name: 'Kessler', email: 'first@example.com' })).body.id;
  });
  after(() => visitor?.end());

  test('are chosen one by one, and those that only one has changed are kept', async () => {
    const { page } = visitor;
    const field = (name: string) => page.getByRole('textbox', { name, exact: true });
    await visitor.open(`/o/customer/${id}`);
    await field('E-mail').fill('mine@example.com');
    await field('Name').fill('Mine');
    await field('Website').fill('https://mine.example');
    await visitor.installation.admin.patch(`${CUSTOMERS}/${id}`, { email: 'theirs@example.com', name: 'Theirs', language: 'de' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Changed by two people' });
    await dialog.getByText('theirs@example.com').waitFor();
    assert.match(await dialog.innerText(), /first@example\.com/);
    await assertAccessible(page, 'the dialog of a conflict');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.getByText('theirs@example.com').waitFor();
    assert.equal((await visitor.installation.admin.get(`${CUSTOMERS}/${id}`)).body.name, 'Theirs', 'closed is not decided');
    await dialog.getByRole('button', { name: 'Take all of theirs' }).click();
    await dialog.getByRole('radio', { name: 'Name: Yours' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await eventually('both have their part', async () => {
      const { body } = await visitor.installation.admin.get(`${CUSTOMERS}/${id}`);
      return [body.email, body.name, body.website, body.language].join() === 'theirs@example.com,Mine,https://mine.example,de';
    });
    await page.getByRole('heading', { level: 1, name: 'Mine' }).waitFor();
    assert.deepEqual(visitor.complaints, []);
  });
});
