import { exact, plain } from '#platform/kernel/decimal.ts';
import { addDays } from '#platform/kernel/dates.ts';
import { plainText } from '#platform/kernel/json.ts';
import { asList, type JsonObject } from '../client.ts';
import type { Diary } from './diary.ts';
import { idOf, type Office } from './office.ts';
import { RATES, type Company, type Customer } from './opening.ts';
import { randomOf, type Random } from './random.ts';

/** What the flow of one sale works with. `paid` is told of every invoice that was issued. */
export type Sale = {
  readonly company: Company;
  readonly diary: Diary;
  readonly officeOn: (day: string) => Office;
  readonly random: Random;
  readonly paid: (invoice: JsonObject, customer: Customer, random: Random) => void;
};

const OFFERS = '/api/offers/offers';
const ORDERS = '/api/orders/orders';
const NOTES = '/api/delivery-notes/delivery-notes';
const INVOICES = '/api/invoices/invoices';
const CREDIT_NOTES = '/api/invoices/credit-notes';

/** Plans a sale that begins with an offer on a day: about two of three become orders. Each has its own chance, so that all are the same in every run. */
export function planSale(sale: Omit<Sale, 'random'>, day: string, seed: number): void {
  const random = randomOf(seed);
  const customer = random.pick(sale.company.customers);
  sale.diary.on(day, (today) => offer({ ...sale, random }, customer, today));
}

async function offer(sale: Sale, customer: Customer, day: string): Promise<void> {
  const { officeOn, random } = sale;
  const office = officeOn(day);
  const made = await office.make(OFFERS, {
    customerId: customer.id,
    contactId: customer.contactId,
    subject: random.pick(['Furniture for the new office', 'Replacement chairs', 'Meeting room', 'Workplaces for the team', 'Reception']),
    validUntil: addDays(day, 30),
    lines: linesOf(sale, customer),
  });
  await pursue(sale, customer, { path: `${OFFERS}/${idOf(made)}`, day });
}

/** Takes a draft offer to its customer, who accepts it some days later, declines it, or does not answer. */
export async function pursue(sale: Sale, customer: Customer, { path, day }: { path: string; day: string }): Promise<void> {
  const { diary, officeOn, random } = sale;
  const office = officeOn(day);
  const submitted = await office.act(path, 'submit');
  if (submitted.record['status'] === 'submitted') await office.act(path, 'approve', { comment: 'Fine.' });
  await office.act(path, 'send');
  const days = random.between(1, 12);
  if (random.chance(66)) return diary.after(day, days, (today) => order(sale, customer, { path, day: today }));
  if (random.chance(50)) diary.after(day, days, (today) => decline(sale, path, today));
}

async function decline({ officeOn, random }: Sale, path: string, day: string): Promise<void> {
  await officeOn(day).act(path, 'decline', {
    reason: random.pick(['Another offer was cheaper', 'The project is postponed', 'Delivery takes too long']),
  });
}

async function order(sale: Sale, customer: Customer, { path, day }: { path: string; day: string }): Promise<void> {
  const { diary, officeOn, random } = sale;
  const office = officeOn(day);
  await office.act(path, 'accept', { acceptedBy: customer.contact });
  const { created } = await office.act(path, 'convert-to-order', { customerReference: `PO-${random.between(1000, 9999)}` });
  const made = `${ORDERS}/${created[0]?.id}`;
  await office.present(made);
  await office.act(made, 'confirm').catch(() => office.act(made, 'confirm-over-limit'));
  if (random.chance(4)) return diary.after(day, 2, (today) => cancel(sale, made, today));
  const isPaidAhead = random.chance(8);
  if (isPaidAhead) await downPayment(sale, customer, { order: made, day });
  diary.after(day, random.between(2, 9), (today) => deliver(sale, customer, { order: made, day: today, isWhole: isPaidAhead }));
}

async function cancel({ officeOn }: Sale, path: string, day: string): Promise<void> {
  await officeOn(day).act(path, 'cancel', { reason: 'The customer does not move after all' });
}

async function downPayment(sale: Sale, customer: Customer, { order: path, day }: { order: string; day: string }): Promise<void> {
  const office = sale.officeOn(day);
  const { created } = await office.act(path, 'create-down-payment', { percent: '30' });
  await issue(sale, customer, { invoice: `${INVOICES}/${created[0]?.id}`, day });
}

/** Ships what is there: all of it, or of larger orders first one part, with an invoice of its own, and later the rest. */
async function deliver(sale: Sale, customer: Customer, at: { order: string; day: string; isWhole: boolean }): Promise<void> {
  const { diary, officeOn, random } = sale;
  const office = officeOn(at.day);
  const record = await office.present(at.order);
  const open = asList(record['lines']).filter((line) => line['kind'] !== 'service' && exact(openOf(line)).gt(0));
  if (!open.every(isReserved)) return diary.after(at.day, 5, (today) => deliver(sale, customer, { ...at, day: today }));
  const isPart = open.length > 1 && !at.isWhole && random.chance(25);
  if (open.length > 0) {
    const lines = open.slice(isPart ? 1 : 0).map((line) => ({ orderLineId: idOf(line), quantity: openOf(line) }));
    const { created } = await office.act(at.order, 'create-delivery-note', { lines });
    const note = `${NOTES}/${created[0]?.id}`;
    await office.present(note);
    await office.act(note, 'ship', { carrier: 'Nordfracht', trackingNumber: `NF${random.between(10_000_000, 99_999_999)}` });
    await office.present(at.order, (after) => Number(after['percentDelivered']) > Number(record['percentDelivered'] ?? 0));
    diary.after(at.day, 1, (today) => confirm(sale, customer, { note, day: today }));
    if (isPart) {
      diary.after(at.day, 1, (today) => invoice(sale, customer, { source: note, day: today }));
      return diary.after(at.day, random.between(4, 10), (today) => deliver(sale, customer, { ...at, day: today }));
    }
  }
  diary.after(at.day, random.between(0, 3), (today) => invoice(sale, customer, { source: at.order, day: today }));
}

async function confirm(sale: Sale, customer: Customer, { note, day }: { note: string; day: string }): Promise<void> {
  const { diary, officeOn, random } = sale;
  await officeOn(day).act(note, 'confirm-delivery', { receivedBy: customer.contact });
  if (random.chance(7)) diary.after(day, random.between(3, 12), (today) => takeBack(sale, note, today));
}

/** One piece comes back and is credited. */
async function takeBack({ officeOn }: Sale, note: string, day: string): Promise<void> {
  const office = officeOn(day);
  const [line] = asList((await office.present(note))['lines']);
  const { created } = await office.act(note, 'return', {
    reason: 'Does not fit through the door',
    lines: [{ lineId: idOf(line), quantity: '1' }],
  });
  const back = await office.present(`/api/delivery-notes/return-notes/${created[0]?.id}`);
  const credit = await office.act(`/api/delivery-notes/return-notes/${idOf(back)}`, 'create-credit-note').catch(() => null);
  const made = credit?.created[0]?.id;
  if (made === undefined) return;
  await office.present(`${CREDIT_NOTES}/${made}`);
  await office.act(`${CREDIT_NOTES}/${made}`, 'issue');
}

/** Invoices what is open of an order, or what a delivery note delivered. */
async function invoice(sale: Sale, customer: Customer, { source, day }: { source: string; day: string }): Promise<void> {
  const { created } = await sale.officeOn(day).act(source, 'create-invoice');
  for (const { id } of created) await issue(sale, customer, { invoice: `${INVOICES}/${id}`, day });
}

async function issue(sale: Sale, customer: Customer, at: { invoice: string; day: string }): Promise<void> {
  const office = sale.officeOn(at.day);
  await office.present(at.invoice);
  await office.act(at.invoice, 'issue');
  sale.paid(await office.present(at.invoice, (record) => typeof record['openItemId'] === 'string'), customer, sale.random);
}

/** What of a line is on no delivery note yet. */
function openOf(line: JsonObject): string {
  return plain(exact(String(line['quantity'])).minus(plainText(line['deliveryClaimed']) || '0'));
}

/** Whether all of a line is in stock for its order. */
function isReserved(line: JsonObject): boolean {
  const held = exact(plainText(line['reserved']) || '0').plus(plainText(line['delivered']) || '0');
  return held.minus(plainText(line['deliveryClaimed']) || '0').gte(openOf(line));
}

/** One to four products; customers abroad buy in their currency. */
function linesOf({ company, random }: Sale, customer: Customer): readonly object[] {
  const rate = RATES[customer.currency];
  const chosen = new Set(Array.from({ length: random.between(1, 4) }, () => random.pick(company.products)));
  return [...chosen].map((product) => ({
    productId: product.id,
    quantity: String(product.isStock ? random.pick([1, 2, 2, 4, 6, 8, 12, 16]) : random.between(2, 8)),
    ...(rate === undefined ? {} : { unitPrice: plain(exact(product.price).div(rate).toDecimalPlaces(0)) }),
    ...(random.chance(12) ? { discountPercent: String(random.pick([5, 10])) } : {}),
  }));
}
