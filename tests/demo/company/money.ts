import { exact, toScale, type Exact } from '#platform/kernel/decimal.ts';
import type { JsonObject } from '../client.ts';
import type { Diary } from './diary.ts';
import { idOf, type Office } from './office.ts';
import type { Company, Customer } from './opening.ts';
import type { Random } from './random.ts';

const PAYMENTS = '/api/payments/payments';
const BANK = 'Förde Bank';
const ITEMS = '/api/payments/open-items';

/** A line of the bank's statement: money that came in or went out. */
type Transaction = { readonly day: string; readonly name: string; readonly iban: string; readonly text: string; readonly amount: Exact };

/** Where money comes in. `plan` is told of every invoice; the statement of a week is brought on its last working day. */
export type Till = {
  readonly plan: (invoice: JsonObject, customer: Customer, random: Random) => void;
  readonly bringStatement: (day: string) => Promise<void>;
};

type Place = { readonly company: Company; readonly diary: Diary; readonly officeOn: (day: string) => Office };

/** How customers pay: by bank transfer, by card over the link, in another currency, too much, late, or not at all. */
export function openTill(place: Place): Till {
  const { diary } = place;
  const waiting: Transaction[] = [];
  let balance = exact('25000');
  return {
    plan: (invoice, customer, random) => {
      const day = String(invoice['date']);
      const days = random.chance(90) ? random.between(4, 30) : random.between(45, 90);
      const card = random.chance(12) && customer.currency === 'EUR';
      if (random.chance(4)) return;
      if (customer.currency !== 'EUR') return diary.after(day, days, (today) => byHand(place, { invoice, customer, day: today }));
      if (card) return diary.after(day, 2, (today) => byCard(place, { invoice, random, day: today }));
      const reference = random.chance(94) ? `Rechnung ${String(invoice['number'])}` : 'Danke fuer die schnelle Lieferung';
      const amount = exact(String(invoice['grossTotal'])).plus(random.chance(4) ? 50 : 0);
      diary.after(day, days, (today) => {
        waiting.push({ day: today, name: customer.name, iban: customer.iban ?? '', text: reference, amount });
        return Promise.resolve();
      });
    },
    bringStatement: async (day) => {
      const fee: Transaction = { day, name: BANK, iban: '', text: 'Kontoführung', amount: exact('-14.90') };
      const isFirstOfMonth = Number(day.slice(8)) <= 7;
      const lines = [...waiting.splice(0), ...(isFirstOfMonth ? [fee] : [])].toSorted((one, other) => (one.day < other.day ? -1 : 1));
      if (lines.length === 0) return;
      const rows = lines.map((line) => {
        balance = balance.plus(line.amount);
        return `${german(line.day)};"${line.name}";${line.iban};"${line.text}";${comma(line.amount)};EUR;${comma(balance)}`;
      });
      const content = ['Buchung;Name;IBAN;Verwendungszweck;Betrag;Währung;Saldo', ...rows.toReversed()].join('\r\n');
      const office = place.officeOn(day);
      await office.act(`/api/payments/own-bank-accounts/${place.company.bankAccount}`, 'import-statement', {
        content,
        fileName: `Umsaetze-${day}.csv`,
      });
      for (const charge of await office.list(
        `/api/payments/bank-transactions?filter[name]=${encodeURIComponent(BANK)}&filter[status]=unmatched`,
      ))
        await office.act(`/api/payments/bank-transactions/${idOf(charge)}`, 'set-aside', { note: 'Charges of the bank' });
    },
  };
}

type Due = { readonly invoice: JsonObject; readonly day: string };

/** A transfer in another currency, which a clerk records. */
async function byHand({ company, officeOn }: Place, { invoice, customer, day }: Due & { customer: Customer }): Promise<void> {
  const office = officeOn(day);
  const payment = await office.make(PAYMENTS, {
    customerId: customer.id,
    date: day,
    amount: invoice['grossTotal'],
    currency: customer.currency,
    reference: `Invoice ${String(invoice['number'])}`,
    bankAccountId: company.bankAccount,
  });
  await office.act(`${PAYMENTS}/${idOf(payment)}`, 'record');
  await office.act(`${PAYMENTS}/${idOf(payment)}`, 'allocate');
}

/** By card at the invoice's link; some cards are refused at first. */
async function byCard(place: Place, { invoice, random, day }: Due & { random: Random }): Promise<void> {
  const office = place.officeOn(day);
  const item = `${ITEMS}/${idOf(invoice)}`;
  const isRefused = random.chance(25);
  await office.act(item, 'pay');
  await office.act(item, 'simulate', { outcome: isRefused ? 'decline' : 'pay' });
  if (isRefused) place.diary.after(day, 3, (today) => byCard(place, { invoice, random, day: today }));
}

function german(day: string): string {
  return day.split('-').toReversed().join('.');
}

function comma(amount: Exact): string {
  return toScale(amount, 2).replace('.', ',');
}
