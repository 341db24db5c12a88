import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policy, roleId, someone } from '#tests/support/approvals.ts';
import type { Billing } from '#tests/support/billing.ts';
import { ask } from '#tests/support/books.ts';
import { eventually } from '#tests/support/eventually.ts';
import type { Installation } from '#tests/support/installation.ts';
import { messagesOf } from '#tests/support/messages.ts';
import { acceptedOffer, pathOf, stocked, type Sales } from '#tests/support/sales.ts';
import { runScheduled } from '#tests/support/scheduled.ts';

const CUSTOMERS = '/api/customers/customers';
const RULES = '/api/notifications/notification-rules';
const MESSAGES = '/api/notifications/messages';

type Place = { readonly installation: Installation; readonly sales: Sales; readonly billing: Billing };

/** Subjects of the messages about a record that have come by one of the shipped rules. */
async function subjectsOf({ installation }: Place, object: string, id: string, rule: string): Promise<readonly string[]> {
  const filter = encodeURIComponent(JSON.stringify({ name: { startsWith: rule } }));
  const { body } = await installation.admin.get(`${RULES}?filter=${filter}`);
  const found = await eventually(`${rule} about ${object}`, async () => {
    const told = (await messagesOf(installation, object, id, 0)).filter(({ ruleId }) => ruleId === body.items[0].id);
    return told.length > 0 && told;
  });
  return found.map(({ subject, address }) => `${subject} → ${address}`);
}

const daysFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const EMAIL = 'ok@customer.example';

/** Each of the shipped rules tells of what it is there for. */
export function shippedRules(place: () => Place): void {
  test('tell of what is sent, confirmed, shipped, delivered and paid', () => tellOfSales(place()));
  test('reach a company that has no address by its primary contact', () => tellContact(place()));
  test('tell of a payment that failed', () => tellOfFailedPayments(place()));
  test('tell of days before they come, and of what is overdue since, once', () => tellOfDays(place()));
  test('ask for approval and remind of tasks, in the language of whom they tell', () => askAndRemind(place()));
}

async function tellContact(place: Place): Promise<void> {
  const { installation, sales, billing } = place;
  const customer = await sales.create(CUSTOMERS, { name: 'Quiet AG', currency: 'EUR', language: 'en' });
  for (const [name, primary] of [
    ['Second', false],
    ['First', true],
  ] as const)
    await sales.create('/api/customers/contacts', { name, primary, customerId: customer.id, email: `${name.toLowerCase()}@quiet.example` });
  await eventually('the contacts are known', async () => {
    const rows = await ask(installation, 'notifications', `select 1 from mirror.contact where data ->> 'email' like '%@quiet.example'`);
    return rows.length === 2;
  });
  const { id, number } = await sales.read(await billing.issued('20', { customerId: customer.id }));
  assert.deepEqual(await subjectsOf(place, 'invoice', id, 'Invoice issued'), [`Invoice ${number} → first@quiet.example`]);
}

async function tellOfSales(place: Place): Promise<void> {
  const { installation, sales } = place;
  const start = await stocked(sales, { Chair: '10' });
  await installation.admin.patch(`${CUSTOMERS}/${start.customer.id}`, { email: EMAIL, language: 'en' });
  await eventually('the address is known', async () => {
    const rows = await ask(
      installation,
      'notifications',
      `select 1 from mirror.customer where id = '${start.customer.id}' and data ->> 'email' = '${EMAIL}'`,
    );
    return rows.length > 0;
  });
  const offer = await acceptedOffer(sales, start, { Chair: '2' });
  const { id: offerId, number } = await sales.read(offer);
  assert.deepEqual(await subjectsOf(place, 'offer', offerId, 'Offer sent'), [`Our offer ${number} → ${EMAIL}`]);
  const order = pathOf((await sales.act(offer, 'convert-to-order')).created);
  await sales.read(order);
  const { record: confirmed } = await sales.act(order, 'confirm');
  assert.deepEqual(await subjectsOf(place, 'order', confirmed.id, 'Order confirmed'), [
    `Your order ${confirmed.number} is confirmed → ${EMAIL}`,
  ]);
  const note = pathOf((await sales.act(order, 'create-delivery-note', {})).created);
  await sales.read(note);
  const { record: shipped } = await sales.act(note, 'ship');
  assert.deepEqual(await subjectsOf(place, 'delivery_note', shipped.id, 'Shipped'), [
    `Your delivery ${shipped.number} is on its way → ${EMAIL}`,
  ]);
  await sales.act(note, 'confirm-delivery', { receivedBy: 'Eva' });
  assert.deepEqual(await subjectsOf(place, 'delivery_note', shipped.id, 'Delivered'), [
    `Your delivery ${shipped.number} has arrived → ${EMAIL}`,
  ]);
  const payment = await sales.create('/api/payments/payments', { customerId: start.customer.id, amount: '5', currency: 'EUR' });
  await sales.act(`/api/payments/payments/${payment.id}`, 'record');
  assert.deepEqual(await subjectsOf(place, 'payment', payment.id, 'Payment received'), [`We have received your payment → ${EMAIL}`]);
}

async function tellOfFailedPayments(place: Place): Promise<void> {
  const { sales, billing } = place;
  const account = await sales.create('/api/payments/gateway-accounts', { name: 'Test', webhookName: 'test', isOffered: true });
  await sales.act(`/api/payments/gateway-accounts/${account.id}`, 'set-keys', {
    secretKey: 'sim_live_4242',
    webhookSecret: 'whsec_first',
  });
  const invoice = await sales.until(await billing.issued('10'), 'has its open item', ({ openItemId }) => Boolean(openItemId));
  const item = `/api/payments/open-items/${invoice.openItemId}`;
  const [{ id }] = (await sales.act(item, 'pay')).created;
  await sales.act(item, 'simulate', { outcome: 'decline' });
  assert.equal((await subjectsOf(place, 'payment', id, 'Payment failed')).length, 1);
}

async function tellOfDays(place: Place): Promise<void> {
  const { installation, sales, billing } = place;
  const customer = await sales.create(CUSTOMERS, { name: 'Late', email: EMAIL, currency: 'EUR', language: 'de' });
  const due = await sales.read(await billing.issuedBefore(-3, '10', customer));
  const late = await sales.read(await billing.issuedBefore(5, '10', customer));
  for (let time = 0; time < 2; time += 1) await runScheduled(installation, 'notifications', 'tellOfDays');
  const [soon, ...others] = await subjectsOf(place, 'invoice', due.id, 'Due soon');
  assert.match(soon ?? '', new RegExp(`^Rechnung ${due.number} ist am .* fällig → ${EMAIL}$`));
  assert.equal(others.length, 0);
  await runScheduled(installation, 'invoices', 'markOverdue');
  assert.deepEqual(await subjectsOf(place, 'invoice', late.id, 'Overdue'), [`Rechnung ${late.number} ist überfällig → ${EMAIL}`]);
}

async function askAndRemind(place: Place): Promise<void> {
  const { installation, sales } = place;
  const boss = await someone(installation, 'Boss', ['manager']);
  await policy(installation, {
    name: 'Large',
    condition: { netTotal: { gt: '1000' } },
    steps: [{ roleId: await roleId(installation, 'manager') }],
  });
  const customer = await sales.create(CUSTOMERS, { name: 'Large', currency: 'EUR' });
  const offer = await sales.create('/api/offers/offers', {
    customerId: customer.id,
    lines: [{ description: 'Mill', quantity: '1', unitPrice: '5000' }],
  });
  await sales.act(`/api/offers/offers/${offer.id}`, 'submit');
  const request = await eventually('the request', async () => {
    const { body } = await installation.admin.get(`/api/offers/approval-requests?filter[offerId]=${offer.id}`);
    return body.items[0];
  });
  const [asked, ...others] = await subjectsOf(place, 'approval_request', request.id, 'Approval asked');
  assert.match(asked ?? '', new RegExp(`^Approval asked: .* → user/${boss.id}$`));
  assert.equal(others.length, 0);
  const task = await sales.create('/api/crm/tasks', { name: 'Call back', dueAt: `${daysFromNow(0)}T12:00:00Z`, assigneeId: boss.id });
  await sales.create('/api/crm/tasks', { name: 'Later', dueAt: `${daysFromNow(5)}T12:00:00Z`, assigneeId: boss.id });
  await runScheduled(installation, 'notifications', 'tellOfDays');
  assert.deepEqual(await subjectsOf(place, 'task', task.id, 'Task due'), [`Task due: Call back → user/${boss.id}`]);
  const filter = encodeURIComponent(JSON.stringify({ subject: { contains: 'Later' } }));
  assert.deepEqual((await installation.admin.get(`${MESSAGES}?filter=${filter}`)).body.items, []);
  assert.deepEqual(await ask(installation, 'notifications', 'select reason from platform.dead_letter'), []);
}
