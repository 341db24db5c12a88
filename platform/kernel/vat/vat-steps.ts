import type { VatBasis } from './basis.ts';
import type { VatDecision } from './decide.ts';
import { limitsOf, type TaxLimit } from './tax-rule.ts';

/** How a line came to its VAT, step by step: what decided, to what a rule is limited, which rate was taken, and what the order had said. */
export type VatStep = {
  readonly step: VatBasis | `limit-${TaxLimit}` | 'rate' | 'ordered';
  readonly name?: string | null;
  readonly day?: string | null;
  readonly vatCategory?: string | null;
  readonly percent?: string | null;
};

/** The steps of a decision for a day. */
export function vatSteps({ basis, rule, rate, vatCategory, vatRate }: VatDecision, day: string): readonly VatStep[] {
  const limits = rule ? limitsOf(rule).map((limit): VatStep => ({ step: `limit-${limit}` })) : [];
  return [
    { step: basis, vatCategory, percent: vatRate ?? null, ...(rule ? { name: rule.name } : {}), ...dayOf(day) },
    ...limits,
    ...(rate ? [{ step: 'rate', name: rate.name ?? `${rate.country} ${rate.percent} %`, percent: rate.percent } as const] : []),
  ];
}

/** A document without a day is decided as of the last one there is, which is none to tell. */
function dayOf(day: string): Pick<VatStep, 'day'> {
  return day.startsWith('9999') ? {} : { day };
}
