import type { ReceivablesCheck } from '#metadata/records.gen.ts';
import type { Exact } from '#platform/kernel/decimal.ts';
import type { Work } from '#platform/kernel/module.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { receivablesDisagree } from '../events.ts';
import { ofCompany } from '../journal/periods.ts';
import { companyCurrencies } from '../posting/books.ts';
import type { Agreement } from '../rules/receivables-agreement.ts';

/** Of which company's receivables, as of which day. */
export type Asked = { readonly companyId: string | null; readonly asOf: string };

/** So many customers are named; the sums are of all. */
const LINES_MAX = 200;

/** Postings that are counted; more are as bad. */
const WAITING_MAX = 1_000;

/** The customers of documents up to a day that wait to be posted, one for each document; of none it is empty. */
export async function waitingCustomers(work: Work, { companyId, asOf }: Asked): Promise<readonly string[]> {
  const filter = { ...ofCompany(companyId), status: 'waiting', date: { lte: asOf } };
  const found = await work.query<{ customerId?: string | null }>('posting', { filter, fields: 'customerId', limit: WAITING_MAX });
  return found.map(({ customerId }) => customerId ?? '');
}

/** Keeps what a check found, and tells it where the books and the open items differ. Answers the id of the check. */
export async function keepCheck(work: Work, asked: Asked, said: Agreement): Promise<string> {
  const { companyId, asOf } = asked;
  const currency = (await companyCurrencies(work, [companyId])).get(companyId) ?? 'EUR';
  const amount = (figure: Exact): string => toCurrency(figure, currency);
  const figures = {
    controlAccounts: amount(said.controlAccounts),
    openItems: amount(said.openItems),
    aged: amount(said.aged),
    difference: amount(said.controlAccounts.minus(said.openItems)),
    customers: said.disagreements.length,
    waiting: (await waitingCustomers(work, asked)).length,
  };
  const differs = said.disagreements.length > 0;
  const checkId = uuidV7();
  await work.create<ReceivablesCheck>('receivables_check', checkId, {
    companyId,
    asOf,
    currency,
    ...figures,
    status: differs ? 'differs' : 'agrees',
    customerBalances: amount(said.customerBalances),
    lines: said.disagreements.slice(0, LINES_MAX).map(({ customerId, cause, ...one }) => ({
      customerId,
      cause,
      ledger: amount(one.ledger),
      openItems: amount(one.openItems),
      aged: amount(one.aged),
      difference: amount(one.difference),
    })),
  });
  if (differs) await work.emit(receivablesDisagree, `receivables_check/${checkId}`, { checkId, companyId, asOf, currency, ...figures });
  return checkId;
}
