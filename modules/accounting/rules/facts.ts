import type { Posting, PostingRuleLine } from '#metadata/records.gen.ts';
import { exact, sumOf, toScale, type Exact } from '#platform/kernel/decimal.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import { allocate } from '#platform/kernel/money/allocate.ts';
import { digitsOf, toCurrency } from '#platform/kernel/money/currency.ts';
import { trusted } from '#platform/kernel/seam.ts';

/** An amount of a document: in its currency, and what that is in the company's. */
export type Figure = { readonly amount: string; readonly company: string };

/** What is taxed at one rate: without what deducts down payments, which stands by itself (negative). */
export type VatFigures = {
  readonly category: string | null;
  readonly rate: string | null;
  readonly taxable: Figure;
  readonly tax: Figure;
  readonly deposits: Figure;
};

/** Figures that are one for a document. */
export type FigureName = Exclude<PostingRuleLine['figure'], 'vatTaxable' | 'vatTax' | 'vatDeposits'>;

/** What a document says in figures: posting rules have nothing else to work with. */
export type Facts = {
  readonly figures: { readonly [name in FigureName]?: Figure };
  readonly vat: readonly VatFigures[];
  /** The open item that receivables of the entry belong to. */
  readonly openItem: string | null;
  /** What is taken back: the source whose entry is reversed. */
  readonly takesBack?: string;
};

/** The facts as they were kept with a posting. */
export function factsOf(posting: Pick<Posting, 'facts'>): Facts {
  return trusted<Facts>(posting.facts ?? { figures: {}, vat: [], openItem: null });
}

/** A document with prices as its service keeps it. */
export type PricedDocument = {
  readonly currency: string;
  readonly rate: string;
  readonly grossTotal: string;
  readonly vat: unknown;
  readonly lines: readonly DeductingLine[];
};

/** A line as far as down payments are concerned. */
type DeductingLine = {
  readonly downPayment?: string | null;
  readonly netAmount?: string | null;
  readonly vatCategory?: string | null;
  readonly vatRate?: string | null;
};

/**
 * The figures of a document with prices. In the company's currency total and taxes are converted, each once, and what is left is the revenue, split by
 * largest remainder: so entries balance to the cent.
 */
export function pricedFigures(document: PricedDocument, companyCurrency: string): Pick<Facts, 'figures' | 'vat'> {
  const digits = digitsOf(companyCurrency);
  const convert = (amount: string | Exact): string => toCurrency(exact(amount).times(document.rate), companyCurrency);
  const gross = figure(document.grossTotal, convert(document.grossTotal));
  const rows = vatRows(document.vat).map((row) => ({ ...row, deposits: depositsOf(document.lines, row) }));
  const taxes = rows.map(({ tax }) => convert(tax));
  const left = exact(gross.company).minus(sumOf(taxes));
  const revenues = rows.map(({ taxable, deposits }) => exact(taxable).minus(deposits));
  const shares = allocate(left, [...revenues, ...rows.map(({ deposits }) => deposits)], digits);
  const vat = rows.map(({ category, rate, tax, deposits }, at) => ({
    category,
    rate,
    taxable: figure(toCurrency(revenues[at] ?? exact(0), document.currency), shares[at] ?? '0'),
    tax: figure(tax, taxes[at] ?? '0'),
    deposits: figure(toCurrency(deposits, document.currency), shares[rows.length + at] ?? '0'),
  }));
  const tax = figure(toCurrency(sumOf(rows.map((row) => row.tax)), document.currency), toScale(sumOf(taxes), digits));
  const net = figure(toCurrency(exact(gross.amount).minus(tax.amount), document.currency), toScale(left, digits));
  return { figures: { gross, net, tax }, vat };
}

/** The share that an amount is of a document with its VAT, such as what is written off of an invoice or taken off for early payment. */
export function shareOf(
  document: Pick<Facts, 'vat'>,
  share: Figure,
  currencies: { readonly document: string; readonly company: string },
): Facts {
  const weights = document.vat.flatMap(({ taxable, tax, deposits }) => [exact(taxable.amount).plus(deposits.amount), exact(tax.amount)]);
  const amounts = allocate(share.amount, weights, digitsOf(currencies.document));
  const inCompany = allocate(share.company, weights, digitsOf(currencies.company));
  const at = (index: number): Figure => figure(amounts[index] ?? '0', inCompany[index] ?? '0');
  const zero = figure('0', '0');
  const vat = document.vat.map((row, index) => ({ ...row, taxable: at(2 * index), tax: at(2 * index + 1), deposits: zero }));
  return { figures: { gross: share, amount: share }, vat, openItem: null };
}

/** An amount that both currencies are known of. */
export function figure(amount: string | Exact, company: string | Exact): Figure {
  return { amount: String(amount), company: String(company) };
}

function vatRows(vat: unknown) {
  return (isList(vat) ? vat : []).filter(isRecord).map((row) => ({
    category: typeof row['vatCategory'] === 'string' ? row['vatCategory'] : null,
    rate: row['vatRate'] === null || row['vatRate'] === undefined ? null : plainText(row['vatRate']),
    taxable: plainText(row['taxableAmount'] ?? '0'),
    tax: plainText(row['taxAmount'] ?? '0'),
  }));
}

function depositsOf(lines: readonly DeductingLine[], of: { category: string | null; rate: string | null }): Exact {
  const mine = lines.filter(
    (line) => line.downPayment && (line.vatCategory ?? null) === of.category && exact(line.vatRate ?? 0).eq(of.rate ?? 0),
  );
  return sumOf(mine.map((line) => line.netAmount ?? 0));
}
