import type { Owners } from '#platform/kernel/module.ts';
import { agreement, itemsRows, ledgerRows, type Agreement } from '../rules/receivables-agreement.ts';
import { waitingCustomers, type Asked } from './keep-check.ts';

/** What is under way between services arrives within seconds: so often is asked before a difference is one. */
const [ASKED_MOST, PAUSE_MILLISECONDS] = [4, 1_500];

/** What the books and the open items say as of a day. Where they differ they are asked again, for an event may be under way. */
export async function whatIsSaid({ begin, report }: Pick<Owners, 'begin' | 'report'>, asked: Asked): Promise<Agreement> {
  const { companyId, asOf } = asked;
  const input = { asOf, ...(companyId === null ? {} : { companyId }) };
  for (let attempt = 1; ; attempt += 1) {
    const [ledger, items] = await Promise.all([
      report('accounting/customer-balances', input),
      report('payments/customer-receivables', input),
    ]);
    const waiting = await begin((work) => waitingCustomers(work, asked));
    const said = agreement(ledgerRows(ledger), itemsRows(items), new Set(waiting));
    if (said.disagreements.length === 0 || attempt === ASKED_MOST) return said;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
}
