import { exact, type Exact } from '#platform/kernel/decimal.ts';
import type { Label } from '#platform/kernel/model.ts';
import type { ToldAccount } from './account-tree.ts';

/** What moved on an account with one VAT category and rate. */
export type VatMovement = {
  readonly accountId: string;
  readonly vatCategory: string | null;
  readonly vatRate: string | null;
  readonly debit: string | null;
  readonly credit: string | null;
};

/** Sales of one category and rate: what they were taxed on, and the tax. */
export type VatRow = {
  readonly category: string | null;
  readonly rate: string | null;
  readonly codes: readonly string[];
  readonly taxable: Exact;
  readonly tax: Exact;
};

/** What a VAT return is made of. */
export type VatReturn = { readonly sales: readonly VatRow[]; readonly output: Exact; readonly input: Exact; readonly payable: Exact };

/** What VAT categories (EN 16931) are called. */
export const CATEGORIES: Readonly<Record<string, Label>> = {
  S: { en: 'Taxed sales', de: 'Steuerpflichtige Umsätze' },
  Z: { en: 'Sales at zero rate', de: 'Umsätze zum Nullsatz' },
  E: { en: 'Exempt sales', de: 'Steuerfreie Umsätze' },
  AE: { en: 'Sales under reverse charge', de: 'Umsätze mit Steuerschuldumkehr' },
  K: { en: 'Intra-community supplies', de: 'Innergemeinschaftliche Lieferungen' },
  G: { en: 'Exports', de: 'Ausfuhrlieferungen' },
  O: { en: 'Sales not subject to VAT', de: 'Nicht steuerbare Umsätze' },
  L: { en: 'Sales with IGIC', de: 'Umsätze mit IGIC' },
  M: { en: 'Sales with IPSI', de: 'Umsätze mit IPSI' },
  B: { en: 'Sales with split payment', de: 'Umsätze mit Split Payment' },
};
/** What stands in place of a category where a line has none; no category is called so. */
export const WITHOUT = 'none';
export const WITHOUT_CATEGORY: Label = { en: 'VAT without a category', de: 'Steuer ohne Steuerart' };
const ORDER = Object.keys(CATEGORIES);

/** Accounts whose lines bear a category, and are neither what is taxed nor the tax. */
const NEITHER: readonly string[] = ['receivables', 'payables', 'bank', 'cash', 'gatewayClearing', 'transit'];

/** Where in a return an account's lines of one category and rate stand; `isTax`: they are the tax itself, not what is taxed. */
export type VatPlace =
  | { readonly part: 'input' }
  | { readonly part: 'sales'; readonly category: string | null; readonly rate: string | null; readonly isTax: boolean };

/** The place of lines in a return; null where they have none. */
export function vatPlace({ vatCategory, vatRate }: Pick<VatMovement, 'vatCategory' | 'vatRate'>, account: ToldAccount): VatPlace | null {
  if (account.role === 'vatInput') return { part: 'input' };
  if (NEITHER.includes(account.role ?? '')) return null;
  const isTax = account.role === 'vatOutput';
  const category = vatCategory ?? (isTax ? (account.vatCategory ?? null) : null);
  if (category === null && !isTax) return null;
  return { part: 'sales', category, rate: vatRate ?? (isTax ? (account.vatRate ?? null) : null), isTax };
}

/** A return by category and rate: tax is what stands on accounts of VAT on sales, taxable what other accounts have with a category. */
export function vatReturn(movements: readonly VatMovement[], accounts: ReadonlyMap<string, ToldAccount>): VatReturn {
  const rows = new Map<string, VatRow>();
  let input = exact(0);
  for (const movement of movements) {
    const account = accounts.get(movement.accountId);
    const place = account && vatPlace(movement, account);
    if (!place) continue;
    const owing = exact(movement.credit ?? 0).minus(movement.debit ?? 0);
    if (place.part === 'input') {
      input = input.minus(owing);
      continue;
    }
    const { category, rate, isTax } = place;
    const key = `${category ?? ''} ${rate === null ? '' : exact(rate).toString()}`;
    const known = rows.get(key) ?? { category, rate, codes: [], taxable: exact(0), tax: exact(0) };
    const codes = [...new Set([...known.codes, ...(account.vatReturnCode ? [account.vatReturnCode] : [])])].toSorted();
    rows.set(key, isTax ? { ...known, codes, tax: known.tax.plus(owing) } : { ...known, codes, taxable: known.taxable.plus(owing) });
  }
  const sales = [...rows.values()].filter(({ taxable, tax }) => !taxable.isZero() || !tax.isZero()).toSorted(inOrder);
  const output = sales.reduce((sum, { tax }) => sum.plus(tax), exact(0));
  return { sales, output, input, payable: output.minus(input) };
}

function inOrder(a: VatRow, b: VatRow): number {
  return rankOf(a) - rankOf(b) || Number(b.rate ?? 0) - Number(a.rate ?? 0);
}

function rankOf({ category }: VatRow): number {
  return category === null ? ORDER.length : ORDER.indexOf(category);
}
