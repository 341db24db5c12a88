import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright';
import { policy, roleId, someone } from '#tests/support/approvals.ts';
import { assertAccessible, complaintsOf, openBrowser, openPage, visit, type Visit } from '#tests/support/browser.ts';
import { salesOf } from '#tests/support/sales.ts';
import { chromiumPath, skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const NEXT_WEEK = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);

describe('An offer on its way to the customer', { skip: skipReason(testDatabaseUrl()) ?? skipReason(chromiumPath()) }, () => {
  let here: Visit;
  let elsewhere: Browser;
  let offerId: string;
  before(async () => {
    here = await visit();
    elsewhere = await openBrowser();
    const sales = salesOf(here.installation.admin);
    const customer = await sales.create('/api/customers/customers', {
      name: 'Adler AG',
      language: 'de',
      billingAddress: { country: 'DE' },
    });
    await someone(here.installation, 'Maria', ['manager']);
    const manager = await roleId(here.installation, 'manager');
    const condition = { or: [{ highestDiscountPercent: { gt: '10' } }, { grossTotal: { gt: '50000' } }] };
    await policy(here.installation, {
      name: 'Discount above 10 %',
      condition,
      steps: [{ name: 'Management', roleId: manager, deadline: 'P2D' }],
    });
    const offer = await sales.create('/api/offers/offers', {
      customerId: customer.id,
      subject: 'Breakfast for a year',
      validUntil: NEXT_WEEK,
      introduction: 'Thank you for asking us.',
      terms: 'Payable within 14 days.',
      lines: [
        { description: 'Darjeeling, first flush', quantity: '12', unit: 'kg', unitPrice: '14' },
        { description: 'Jam of wild strawberries', quantity: '5', unit: 'glass', unitPrice: '34.8', discountPercent: '15' },
      ],
    });
    offerId = offer.id;
  });
  after(async () => {
    await elsewhere.close();
    await here.end();
  });

  test('is submitted, and approved by somebody else from their inbox, who sees why they are asked', async () => {
    const { page } = here;
    await here.open(`/o/offer/${offerId}`);
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    await page.getByText('Asked for').first().waitFor();
    await here.open('/approvals');
    await page.getByRole('heading', { name: 'Nothing waits for you' }).waitFor();

    const hers = await openPage(elsewhere);
    const complaints = complaintsOf(hers);
    await hers.goto(here.installation.url);
    await hers.getByLabel('E-mail').fill('maria@example.com');
    await hers.getByRole('textbox', { name: 'Password' }).fill('correct horse battery staple');
    await hers.getByRole('button', { name: 'Sign in' }).click();
    await hers.getByRole('link', { name: /^Approvals ?1$/ }).click();
    const card = hers.getByRole('listitem').filter({ hasText: 'Adler AG · Breakfast for a year' });
    await card.getByText('Discount above 10 %', { exact: false }).first().waitFor();
    assert.match(await card.getByRole('list', { name: 'Because' }).innerText(), /^Highest discount % is greater than 10\s%: it is 15\s%$/);
    await assertAccessible(hers, 'the inbox of approvals');
    await hers.setViewportSize({ width: 390, height: 844 });
    await assertFits(hers);
    await card.getByLabel('Comment').fill('A good customer');
    await card.getByRole('button', { name: 'Approve' }).click();
    await hers.getByRole('heading', { name: 'Nothing waits for you' }).waitFor();
    await hers.close();
    assert.deepEqual(complaints, []);
  });

  test('is sent, read and accepted by the customer at the link, and shows who did', async () => {
    const { page } = here;
    await here.open(`/o/offer/${offerId}`);
    await page.getByText('Given').first().waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    const link = await page.getByLabel('Link for the customer').inputValue();
    await assertAccessible(page, 'a sent offer');

    const theirs = await openPage(elsewhere, { width: 390, height: 844 });
    const complaints = complaintsOf(theirs);
    await theirs.goto(link);
    await theirs.getByRole('heading', { level: 1, name: /^Angebot OF-\d{4}-00001$/ }).waitFor();
    assert.equal(await theirs.getByRole('navigation', { name: 'Applications' }).count(), 0);
    await assertFits(theirs);
    await assertAccessible(theirs, 'the page of the customer');
    await theirs.getByRole('button', { name: 'English' }).click();
    await theirs.getByRole('heading', { level: 1, name: /^Offer OF/ }).waitFor();
    await theirs.getByText('Payable within 14 days.').waitFor();
    await theirs.getByRole('button', { name: 'Decline' }).click();
    await assertAccessible(theirs, 'the page of the customer, declining');
    await theirs.getByRole('button', { name: 'Back' }).click();
    await theirs.getByLabel('Your name').fill('Erika Adler');
    await assertAccessible(theirs, 'the page of the customer, about to accept');
    await theirs.getByRole('button', { name: 'Accept offer' }).click();
    await theirs.getByText(/Erika Adler accepted it on/).waitFor();
    await assertAccessible(theirs, 'an accepted offer at its link');
    await theirs.goto(`${link.slice(0, -3)}AAA`);
    await theirs.getByRole('heading', { level: 1, name: 'This link does not lead anywhere' }).waitFor();
    await assertAccessible(theirs, 'a link that leads nowhere');
    assert.deepEqual(complaints, []);

    await here.open(`/o/offer/${offerId}`);
    await page.getByText('By the link').first().waitFor();
    await page.getByText('Erika Adler').first().waitFor();
    assert.deepEqual(here.complaints, []);
  });
});

/** Nothing of a page stands beside a telephone's screen. */
async function assertFits(page: Page): Promise<void> {
  const [wide, width] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.equal(wide, width);
}
