import type { CustomerDunning, DunningLevel, DunningPolicy, DunningRunLine, Invoice } from '#metadata/records.gen.ts';
import { daysBetween } from '#platform/kernel/dates.ts';
import { exact, sumOf, toScale } from '#platform/kernel/decimal.ts';
import { currencyOf, toCurrency } from '#platform/kernel/money/currency.ts';
import { interest } from '#platform/kernel/money/interest.ts';
import { nextDueOf, overdueAmountOf } from './collection.ts';

/** What decides who is reminded: all levels, the policy of customers that have none of their own, and what is said of single customers. */
export type Dunning = {
  readonly levels: readonly DunningLevel[];
  readonly standard: Pick<DunningPolicy, 'id'> | null;
  readonly customers: readonly CustomerDunning[];
};

/** An invoice, as far as reminders go. */
export type Reminded = Pick<
  Invoice,
  | 'id'
  | 'customerId'
  | 'paymentSchedule'
  | 'dueDate'
  | 'grossTotal'
  | 'outstanding'
  | 'currency'
  | 'exchangeRate'
  | 'dunningLevel'
  | 'dunnedOn'
  | 'kind'
  | 'interestUntil'
> & { readonly customer?: { readonly name?: string | null } | null };

/** The lines of a run on a day: what is overdue and has a next level that is reached; customers that are blocked are not reminded. */
export function dunningLines(invoices: readonly Reminded[], dunning: Dunning, day: string): readonly Omit<DunningRunLine, 'id'>[] {
  return invoices.flatMap((invoice) => {
    const own = dunning.customers.find(({ customerId }) => customerId === invoice.customerId);
    const policyId = own?.policyId ?? dunning.standard?.id;
    const dueDate = nextDueOf(invoice);
    if (!policyId || !dueDate || isBlocked(own, day) || overdueAmountOf(invoice, day).isZero()) return [];
    const levels = levelsOf(dunning.levels, policyId);
    const number = (invoice.dunningLevel ?? 0) + 1;
    const level = levels[number - 1];
    if (!level || !isReached(invoice, { levels, number, daysOverdue: daysBetween(dueDate, day), day })) return [];
    const { id: invoiceId, customerId, customer } = invoice;
    const named = { customerId, customerName: customer?.name ?? null, invoiceId, policyId, level: number };
    return [{ isIncluded: true, ...named, ...claimOf(invoice, level, day) }];
  });
}

/** The levels of a policy, the earliest first. */
export function levelsOf(levels: readonly DunningLevel[], policyId: string): readonly DunningLevel[] {
  return levels.filter((level) => level.policyId === policyId).toSorted((a, b) => a.daysOverdue - b.daysOverdue);
}

/** Whether a customer is not to be reminded on a day. */
export function isBlocked(own: Pick<CustomerDunning, 'blockedUntil'> | undefined, day: string): boolean {
  return Boolean(own?.blockedUntil) && (own?.blockedUntil ?? '') >= day;
}

/** Whether a line is still to be put into a letter. */
export function isWaiting(line: Pick<DunningRunLine, 'isIncluded' | 'result'>): boolean {
  return line.isIncluded === true && !line.result;
}

/** Lines of a run that ends before all of its letters are written. */
export function withoutRest(lines: readonly DunningRunLine[]): readonly DunningRunLine[] {
  return lines.map((line) => (isWaiting(line) ? { ...line, result: 'left' } : line));
}

/** How much of what is to be reminded of has been looked at, in points. */
export function percentDone(lines: readonly DunningRunLine[]): string {
  const meant = lines.filter((line) => line.isIncluded === true);
  return toScale(
    meant.length === 0
      ? 0
      : exact(meant.length - meant.filter(isWaiting).length)
          .times(100)
          .div(meant.length),
    2,
  );
}

/**
 * What an invoice is reminded of at a level: what is overdue, since when, interest on it that is not charged yet, and the level's fee in the invoice's
 * currency. What was charged for paying late bears neither fee nor interest again.
 */
export function claimOf(invoice: Reminded, level: Pick<DunningLevel, 'fee' | 'interestPercent'>, day: string) {
  const currency = currencyOf(invoice);
  const dueDate = nextDueOf(invoice) ?? day;
  const daysOverdue = daysBetween(dueDate, day);
  const overdue = toCurrency(overdueAmountOf(invoice, day), currency);
  const isLateFee = invoice.kind === 'lateFee';
  const annualPercent = isLateFee ? '0' : (level.interestPercent ?? '0');
  const since = (invoice.interestUntil ?? '') > dueDate ? (invoice.interestUntil ?? dueDate) : dueDate;
  const rate = exact(invoice.exchangeRate ?? 1);
  return {
    currency,
    dueDate,
    daysOverdue,
    overdue,
    interest: interest({ outstanding: overdue, currency, annualPercent, days: Math.max(0, daysBetween(since, day)) }),
    fee: toCurrency(exact(isLateFee ? 0 : (level.fee ?? 0)).div(rate.isZero() ? 1 : rate), currency),
  };
}

/** The sums of one letter: overdue and interest of its lines, and one fee, that of its highest level. */
export function letterSums(lines: readonly Pick<DunningRunLine, 'level' | 'overdue' | 'interest' | 'fee'>[], currency: string) {
  const level = Math.max(...lines.map((line) => line.level ?? 0));
  const fees = lines.filter((line) => line.level === level).map((line) => exact(line.fee ?? 0));
  const fee = toCurrency(
    fees.reduce((most, each) => (each.gt(most) ? each : most), exact(0)),
    currency,
  );
  const [overdue, late] = [sumOf(lines.map((line) => line.overdue ?? 0)), sumOf(lines.map((line) => line.interest ?? 0))];
  return {
    level,
    outstanding: toCurrency(overdue, currency),
    interest: toCurrency(late, currency),
    fee,
    total: toCurrency(overdue.plus(late).plus(fee), currency),
  };
}

/** Lines by the letter that they go into: one for each customer and currency. */
export function byLetter(lines: readonly DunningRunLine[]): readonly (readonly DunningRunLine[])[] {
  return [...Map.groupBy(lines, (line) => `${line.customerId} ${line.currency ?? ''}`).values()];
}

type Reach = {
  readonly levels: readonly DunningLevel[];
  readonly number: number;
  readonly daysOverdue: number;
  readonly day: string;
};

/** A level is reached by its days, and so long after the one before as their days lie apart, whenever that was written. */
function isReached(invoice: Reminded, { levels, number, daysOverdue, day }: Reach): boolean {
  const level = levels[number - 1];
  const earlier = levels[number - 2];
  if (!level || daysOverdue < level.daysOverdue) return false;
  if (!invoice.dunnedOn) return true;
  return daysBetween(invoice.dunnedOn, day) >= level.daysOverdue - (earlier?.daysOverdue ?? 0);
}
