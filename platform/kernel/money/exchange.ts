import { exact, sumOf, toScale, type Exact } from '../decimal.ts';
import { allocate } from './allocate.ts';
import type { DocumentAmounts } from './amounts.ts';
import { digitsOf, toCurrency } from './currency.ts';
import { signed } from './line.ts';

/**
 * How a currency becomes another: amount × rate. An `isInverse` rate is quoted the other way round (one unit of the target is `rate`
 * units of the source, as central banks quote against the euro): amount / rate.
 */
export type ExchangeRate = { readonly rate: string; readonly isInverse?: boolean | null; readonly currency: string };

/** A document in the company's currency, as the ledger takes it: net + tax = gross here as well. */
export type CompanyAmounts = {
  readonly currency: string;
  /** Taxable amounts of the lines, in their order. */
  readonly lines: readonly string[];
  /** Net amounts of allowances (negative) and charges that no line carries; zero for the others. */
  readonly adjustments: readonly string[];
  /** Tax per VAT group, in their order. */
  readonly taxes: readonly string[];
  readonly netTotal: string;
  /** BT-111. */
  readonly taxTotal: string;
  readonly grossTotal: string;
  readonly roundingAmount: string;
};

/** An amount in another currency, HALF_UP to that currency's digits. */
export function convert(amount: string | Exact, exchange: ExchangeRate): string {
  return toCurrency(unrounded(amount, exchange), exchange.currency);
}

/**
 * A document in the company's currency: total and taxes are converted, each once, and what is left of the total is the revenue,
 * split onto the lines by largest remainder. So the entry balances without a rounding line.
 */
export function companyAmounts(document: DocumentAmounts, exchange: ExchangeRate): CompanyAmounts {
  const digits = digitsOf(exchange.currency);
  const grossTotal = convert(document.grossTotal, exchange);
  const taxes = document.vat.map((group) => convert(group.taxAmount, exchange));
  const taxTotal = sumOf(taxes);
  const netTotal = exact(grossTotal).minus(taxTotal);
  const alone = document.adjustments.map((each) => (each.isOnLines ? exact(0) : signed(each.kind, each.netAmount)));
  const weights = [...document.lines.map((line) => line.taxableAmount), ...alone];
  const shares = allocate(netTotal, weights, digits);
  return {
    currency: exchange.currency,
    lines: shares.slice(0, document.lines.length),
    adjustments: shares.slice(document.lines.length),
    taxes,
    netTotal: toScale(netTotal, digits),
    taxTotal: toScale(taxTotal, digits),
    grossTotal,
    roundingAmount: convert(document.roundingAmount, exchange),
  };
}

/** What a settlement at another rate gains (positive) or loses against the rate of the document, in the company's currency. */
export function exchangeGain(amount: string, atDocument: ExchangeRate, atSettlement: ExchangeRate): string {
  return toCurrency(exact(convert(amount, atSettlement)).minus(convert(amount, atDocument)), atDocument.currency);
}

function unrounded(amount: string | Exact, { rate, isInverse }: ExchangeRate): Exact {
  return isInverse ? exact(amount).div(rate) : exact(amount).times(rate);
}
