import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright';
import { billingOf } from '#tests/support/billing.ts';
import { assertAccessible, complaintsOf, openBrowser, openPage, visit, type Visit } from '#tests/support/browser.ts';
import { messagesOf } from '#tests/support/messages.ts';
import { salesOf } from '#tests/support/sales.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

describe('The way off in a letter', { skip: skipReason(testDatabaseUrl()) ?? skipReason(chromiumPath()) }, () => {
  let here: Visit;
  let elsewhere: Browser;
  let link: string;
  before(async () => {
    here = await visit();
    elsewhere = await openBrowser();
    const { admin } = here.installation;
    const sales = salesOf(admin);
    const billing = await billingOf(here.installation, sales);
    const customer = await sales.create('/api/customers/customers', {
      name: 'Adler AG',
      email: 'erika@adler.example',
      currency: 'EUR',
      language: 'de',
    });
    const invoice = await sales.read(await billing.issued('100', { customerId: customer.id }));
    const [{ id }] = await messagesOf(here.installation, 'invoice', invoice.id);
    link = (await admin.get(`/api/notifications/messages/${id}/links`)).body.items[0].url;
  });
  after(async () => {
    await elsewhere.close();
    await here.end();
  });

  test('leads to a page in the customer’s language, on a telephone, where they take themselves off and on again', async () => {
    const theirs = await openPage(elsewhere, { width: 390, height: 844 });
    const complaints = complaintsOf(theirs);
    await theirs.goto(link);
    await theirs.getByRole('heading', { level: 1, name: 'Nachrichten an erika@adler.example' }).waitFor();
    await assertAccessible(theirs, 'the way off');
    await theirs.reload();
    await theirs.getByRole('button', { name: 'Abmelden' }).click();
    await theirs.getByText('Sie sind abgemeldet').waitFor();
    await assertAccessible(theirs, 'an address that was taken off');
    await theirs.getByRole('button', { name: 'English' }).click();
    await theirs.getByRole('button', { name: 'Subscribe again' }).click();
    await theirs.getByRole('button', { name: 'Unsubscribe' }).waitFor();
    assert.deepEqual(complaints, []);
  });
});
