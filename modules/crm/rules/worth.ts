import type { Opportunity } from '#metadata/records.gen.ts';
import { exact, sumOf, toScale } from '#platform/kernel/decimal.ts';
import { currencyOf, toCurrency } from '#platform/kernel/money/currency.ts';
import { lineAmount } from '#platform/kernel/money/line.ts';

type Worth = Pick<Opportunity, 'lines' | 'amount' | 'companyAmount' | 'weightedAmount'>;

/** Figures that are compared over all opportunities are in the company's currency, with two digits whatever that currency has. */
const COMPANY_DIGITS = 2;

/**
 * What an opportunity is worth: the amounts of its lines and their sum, else what was typed; that in the company's currency; and what counts of it:
 * by its probability while it is open, all of what was won, nothing of what was lost. So a sum over opportunities has each once.
 */
export function worthOf(opportunity: Opportunity): Worth {
  const currency = currencyOf(opportunity);
  const lines = opportunity.lines?.map((line) => ({
    ...line,
    amount: lineAmount(
      {
        quantity: line.quantity,
        unitPrice: line.unitPrice ?? '0',
        adjustments: line.discountPercent ? [{ kind: 'allowance', percent: line.discountPercent }] : [],
      },
      currency,
    ).amount,
  }));
  const typed = opportunity.amount ? toCurrency(opportunity.amount, currency) : null;
  const amount = lines && lines.length > 0 ? toCurrency(sumOf(lines.map((line) => line.amount)), currency) : typed;
  const counted = opportunity.status === 'won' ? (opportunity.wonAmount ?? amount) : amount;
  const rate = opportunity.exchangeRate;
  const companyAmount = counted === null || !rate ? null : toScale(exact(counted).times(rate), COMPANY_DIGITS);
  return { ...(lines ? { lines } : {}), amount, companyAmount, weightedAmount: weighted(opportunity, companyAmount) };
}

function weighted({ status, probability }: Opportunity, companyAmount: string | null): string | null {
  if (companyAmount === null || status === 'won') return companyAmount;
  return status === 'lost'
    ? '0'
    : toScale(
        exact(companyAmount)
          .times(probability ?? '0')
          .div(100),
        COMPANY_DIGITS,
      );
}
