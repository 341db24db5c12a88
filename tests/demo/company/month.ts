import { sumOf, toScale } from '#platform/kernel/decimal.ts';
import { addDays, addMonths, endOfMonth } from '#platform/kernel/dates.ts';
import { plainText } from '#platform/kernel/json.ts';
import { asList, type JsonObject } from '../client.ts';
import { workday, type Diary } from './diary.ts';
import { idOf, type Office } from './office.ts';
import type { Company } from './opening.ts';

const PAYMENTS = '/api/payments/payments';
const FILLED_UP_TO = 60;
const LOW = 30;

type Place = { readonly company: Company; readonly diary: Diary; readonly officeOn: (day: string) => Office };

/** What comes again: stock every week, payouts and the books' closing every month. */
export function planMonths({ company, diary, officeOn }: Place): void {
  for (let day = workday(diary.first); day <= diary.last; day = workday(addDays(day, 7)))
    diary.on(day, (today) => fillStock(company, officeOn(today)));
  const paidOut = new Set<string>();
  for (let month = diary.first; month <= diary.last; month = addMonths(month, 1)) {
    const end = endOfMonth(month);
    diary.after(end, 3, (today) => payOut({ company, paidOut }, officeOn(today), today));
    diary.after(end, 12, (today) => giveBack(officeOn(today)));
    diary.after(addMonths(end, 1), 10, (today) => closeMonth(officeOn(today), end));
  }
}

async function fillStock(company: Company, office: Office): Promise<void> {
  const items = await office.list('/api/orders/stock-items?fields=productId,available&limit=1000');
  const available = new Map(items.map((item) => [String(item['productId']), Number(item['available'])]));
  for (const { id, isStock, cost } of company.products) {
    if (!isStock || (available.get(id) ?? 0) >= LOW) continue;
    const input = { productId: id, quantity: String(FILLED_UP_TO), unitCost: cost, reference: 'Supplier delivery' };
    await office.act(`/api/orders/warehouses/${company.warehouse}`, 'receive-stock', input);
  }
}

/** The gateway pays out what it has captured since the last time, less its fees. */
async function payOut(from: { readonly company: Company; readonly paidOut: Set<string> }, office: Office, day: string): Promise<void> {
  const { gatewayAccount, bankAccount } = from.company;
  const captured = await office.list(`${PAYMENTS}?filter[gatewayAccountId]=${gatewayAccount}&filter[status]=captured&limit=1000`);
  const lines = captured.filter((payment) => !from.paidOut.has(idOf(payment))).map(lineOf);
  for (const { paymentId } of lines) from.paidOut.add(paymentId);
  if (lines.length === 0) return;
  const paidOut = toScale(sumOf(lines.map(({ gross, fee }) => Number(gross) - Number(fee))), 2);
  const payout = await office.make('/api/payments/payouts', {
    gatewayAccountId: gatewayAccount,
    bankAccountId: bankAccount,
    reference: `po_${day}`,
    date: day,
    currency: 'EUR',
    paidOut,
    lines,
  });
  await office.act(`/api/payments/payouts/${idOf(payout)}`, 'settle');
}

function lineOf(payment: JsonObject): { kind: string; paymentId: string; gross: string; fee: string } {
  return { kind: 'payment', paymentId: idOf(payment), gross: String(payment['captured']), fee: plainText(payment['gatewayFee']) || '0' };
}

/** What customers have paid too much goes back to them. */
async function giveBack(office: Office): Promise<void> {
  for (const payment of await office.list(`${PAYMENTS}?filter[status]=captured&filter[unallocated][gt]=0&limit=100`)) {
    const input = { amount: payment['unallocated'], reason: 'Paid too much' };
    await office.act(`${PAYMENTS}/${idOf(payment)}`, 'refund', input);
  }
}

/** Nothing is posted into a month any more that has been over for long. */
async function closeMonth(office: Office, end: string): Promise<void> {
  const [period] = asList((await office.client.get(`/api/accounting/periods?filter[to]=${end}&limit=1`)).body['items']);
  if (period?.['status'] !== 'open') return;
  await office.act(`/api/accounting/periods/${idOf(period)}`, 'close-period', { kind: 'soft', reason: 'Month closed' });
}
