import type { Account, Posting, PostingRule, PostingRuleLine } from '#metadata/records.gen.ts';
import { exact, plain, sumOf } from '#platform/kernel/decimal.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { accountOfRole } from './account-of-role.ts';
import type { Facts, Figure, VatFigures } from './facts.ts';
import type { NewLine } from './new-line.ts';

/** Why something is not posted yet, and what it is about. */
export type Fault = { readonly reason: NonNullable<Posting['reason']>; readonly detail: string };

/** A document that is to be posted. */
export type Document = Pick<Posting, 'customerId' | 'currency' | 'exchangeRate'> & { readonly facts: Facts };

/** The lines that a rule makes of a document, or what is missing for them. None where all figures are zero. */
export function ruleLines(rule: PostingRule, document: Document, accounts: readonly Account[]): readonly NewLine[] | Fault {
  const lines: NewLine[] = [];
  for (const ruleLine of rule.lines ?? [])
    for (const { figure, vat } of figuresOf(ruleLine, document.facts)) {
      if (exact(figure.company).isZero()) continue;
      const account = accountOf(ruleLine, accounts, vat);
      if (!account) return { reason: 'noAccount', detail: missing(ruleLine, vat) };
      if (account.isFrozen === true) return { reason: 'accountFrozen', detail: account.title ?? account.code };
      lines.push(lineOf(ruleLine, { document, figure, vat, account }));
    }
  const difference = sumOf(lines.map((line) => line.debit ?? 0)).minus(sumOf(lines.map((line) => line.credit ?? 0)));
  return difference.isZero() ? lines : { reason: 'unbalanced', detail: `${rule.name}: ${plain(difference)}` };
}

type Part = { readonly figure: Figure; readonly vat: VatFigures | null };

const ZERO: Figure = { amount: '0', company: '0' };

function figuresOf({ figure: name }: PostingRuleLine, { figures, vat }: Facts): readonly Part[] {
  if (name === 'vatTaxable') return vat.map((row) => ({ figure: row.taxable, vat: row }));
  if (name === 'vatTax') return vat.map((row) => ({ figure: row.tax, vat: row }));
  if (name === 'vatDeposits') return vat.map((row) => ({ figure: row.deposits, vat: row }));
  return [{ figure: figures[name] ?? ZERO, vat: null }];
}

function accountOf(line: PostingRuleLine, accounts: readonly Account[], vat: VatFigures | null): Account | null {
  if (line.accountId) return accounts.find(({ id }) => id === line.accountId) ?? null;
  return line.role ? accountOfRole(accounts, line.role, vat) : null;
}

function missing({ role, accountId }: PostingRuleLine, vat: VatFigures | null): string {
  return [role ?? accountId ?? '', vat?.category ?? '', vat?.rate ? `${plain(vat.rate)} %` : ''].filter((part) => part !== '').join(' ');
}

type Made = Part & { readonly document: Document; readonly account: Account };

/** A negative figure goes to the other side. */
function lineOf(line: PostingRuleLine, { document, figure, vat, account }: Made): NewLine {
  const company = exact(figure.company);
  const isDebit = (line.side === 'debit') === company.gt(0);
  const amount = plain(
    exact(figure.amount)
      .abs()
      .times(isDebit ? 1 : -1),
  );
  const size = figure.company.replace(/^-/, '');
  return {
    accountId: account.id,
    debit: isDebit ? size : null,
    credit: isDebit ? null : size,
    documentCurrency: document.currency ?? null,
    documentAmount: amount,
    exchangeRate: document.exchangeRate ?? null,
    costCenterId: line.costCenterId ?? null,
    customerId: line.isPersonal === true ? (document.customerId ?? null) : null,
    openItem: line.isPersonal === true ? document.facts.openItem : null,
    vatCategory: trusted<NewLine['vatCategory']>(vat?.category ?? null) ?? null,
    vatRate: vat?.rate ?? null,
  };
}
