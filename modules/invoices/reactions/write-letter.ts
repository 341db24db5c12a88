import type {
  Company,
  Customer,
  CustomerDunning,
  DunningLevel,
  DunningNotice,
  DunningPolicy,
  DunningRun,
  DunningRunLine,
  Invoice,
} from '#metadata/records.gen.ts';
import { addDays } from '#platform/kernel/dates.ts';
import { documentLanguage } from '#platform/kernel/documents/address.ts';
import { onEvent, type Work } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { dunningLetterDue, dunningSent } from '../events.ts';
import { overdueAmountOf, UNPAID } from '../rules/collection.ts';
import { claimOf, isBlocked, isWaiting, letterSums, levelsOf } from '../rules/dunning-lines.ts';
import { dayText, letterOf, moneyText } from '../rules/dunning-text.ts';

/** All levels of all policies. */
const LEVELS_MAX = 500;

/**
 * Writes one letter of a run: each of its invoices is looked at again under its lock, so that what was paid, disputed or reminded of meanwhile
 * is not in it, whichever run was first. The run is done when its last letter is; while it is interrupted, none is written.
 */
export const writeLetter = onEvent(dunningLetterDue, 'writeLetter', async (work, { runId, customerId, currency }) => {
  const run = await work.lock<DunningRun>('dunning_run', runId);
  if (run.status !== 'executing') return;
  const isOfLetter = (line: DunningRunLine): boolean =>
    isWaiting(line) && line.customerId === customerId && (line.currency ?? '') === currency;
  const lines = (run.lines ?? []).filter(isOfLetter);
  const checked = await remind(work, run, lines);
  const written = checked.filter(isWritten);
  if (written.length > 0) await write(work, run, written);
  const after = (run.lines ?? []).map((line) => checked.find((one) => one.line.id === line.id)?.line ?? line);
  await work.save('dunning_run', { id: run.id, lines: after, ...(after.some(isWaiting) ? {} : { status: 'done' }) });
});

/** A line with what became of it; without a level it is in no letter. */
type Checked = { readonly line: DunningRunLine; readonly invoice: Invoice; readonly level: DunningLevel | null };
type Written = Checked & { readonly level: DunningLevel };

/** Looks at the invoices again, locked in the order of their ids; those that are reminded of go up a level. */
async function remind(work: Work, run: DunningRun, lines: readonly DunningRunLine[]): Promise<readonly Checked[]> {
  const levels = await work.query<DunningLevel>('dunning_level', { sort: 'daysOverdue', limit: LEVELS_MAX });
  const [first] = lines;
  const filter = { customerId: first?.customerId };
  const [own] = first ? await work.query<CustomerDunning>('customer_dunning', { filter, limit: 1 }) : [];
  const checked: Checked[] = [];
  for (const line of lines.toSorted((a, b) => a.invoiceId.localeCompare(b.invoiceId))) {
    const invoice = await work.lock<Invoice>('invoice', line.invoiceId);
    const known = levelsOf(levels, line.policyId ?? '');
    const level = known[(line.level ?? 1) - 1] ?? known.at(-1);
    const result = !level || isBlocked(own, run.date) ? 'blocked' : resultOf(invoice, line, run.date);
    if (level && result === 'written') {
      await work.save('invoice', { id: invoice.id, dunningLevel: line.level ?? 1, dunnedOn: run.date });
      checked.push({ line: { ...line, ...claimOf(invoice, level, run.date), result }, invoice, level });
    } else checked.push({ line: { ...line, result }, invoice, level: null });
  }
  return checked;
}

/** The letter, and that it is written. */
async function write(work: Work, run: DunningRun, written: readonly Written[]): Promise<void> {
  const [first] = written.toSorted((a, b) => (b.line.level ?? 0) - (a.line.level ?? 0));
  if (!first) return;
  const { customerId, currency } = { customerId: first.line.customerId, currency: first.line.currency ?? '' };
  const customer = await work.get<Customer>('customer', customerId);
  const company = run.companyId ? await work.get<Company>('company', run.companyId) : null;
  const policy = first.line.policyId ? await work.get<DunningPolicy>('dunning_policy', first.line.policyId) : null;
  const sums = letterSums(
    written.map(({ line }) => line),
    currency,
  );
  const language = documentLanguage(customer ?? undefined, company ?? undefined) === 'de' ? 'de' : 'en';
  const deadline = addDays(run.date, first.level.payWithinDays ?? 0);
  const words = wordsOf({ customer, company, date: run.date, deadline, language, currency }, sums);
  const notice = await work.create<DunningNotice>('dunning_notice', uuidV7(), {
    customerId,
    companyId: run.companyId ?? null,
    runId: run.id,
    date: run.date,
    deadline,
    channel: first.level.channel ?? 'letter',
    language,
    currency,
    invoicesFees: policy?.invoicesFees ?? false,
    ...sums,
    ...letterOf(first.level, language, words),
    customerName: customer?.name ?? null,
    billingAddress: customer?.billingAddress ?? null,
    invoices: written.map(rowOf),
  });
  await work.emit(dunningSent, `dunning_notice/${notice.id}`, {
    noticeId: notice.id,
    runId: run.id,
    customerId,
    companyId: run.companyId ?? null,
    level: sums.level,
    channel: notice.channel ?? 'letter',
    currency,
    total: sums.total,
    invoices: written.map(({ line }) => ({ invoiceId: line.invoiceId, level: line.level ?? 1, overdue: line.overdue ?? '0' })),
  });
}

type About = {
  readonly customer: Customer | null;
  readonly company: Company | null;
  readonly date: string;
  readonly deadline: string;
  readonly language: 'en' | 'de';
  readonly currency: string;
};

/** What the text of a letter fills in. */
function wordsOf({ customer, company, date, deadline, language, currency }: About, sums: ReturnType<typeof letterSums>) {
  const money = (amount: string): string => moneyText(amount, currency, language);
  return {
    customer: customer?.name ?? '',
    company: company?.name ?? '',
    date: dayText(date, language),
    deadline: dayText(deadline, language),
    outstanding: money(sums.outstanding),
    interest: money(sums.interest),
    fee: money(sums.fee),
    total: money(sums.total),
  };
}

function rowOf({ line, invoice }: Written) {
  const { invoiceId, dueDate, daysOverdue, level, overdue, interest } = line;
  return { invoiceId, number: invoice.number ?? null, date: invoice.date ?? null, dueDate, daysOverdue, level, overdue, interest };
}

function isWritten(checked: Checked): checked is Written {
  return checked.level !== null;
}

function resultOf(invoice: Invoice, line: DunningRunLine, day: string): NonNullable<DunningRunLine['result']> {
  if (invoice.status === 'disputed') return 'disputed';
  if (!UNPAID.includes(invoice.status ?? '') || overdueAmountOf(invoice, day).isZero()) return 'settled';
  return (invoice.dunningLevel ?? 0) + 1 === line.level ? 'written' : 'reminded';
}
