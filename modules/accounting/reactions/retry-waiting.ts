import { onMany, type Reaction } from '#platform/kernel/module.ts';
import { retryWaiting } from '../posting/keep.ts';

/** What may end the waiting of what for which reasons: an account that is there now, a rate, a rule, a year, a period that is open again. */
const CAUSES: readonly (readonly [type: string, reasons: readonly string[]])[] = [
  ['AccountCreated', ['noAccount', 'accountFrozen']],
  ['AccountUpdated', ['noAccount', 'accountFrozen']],
  ['ExchangeRateCreated', ['noRate']],
  ['ExchangeRateUpdated', ['noRate']],
  ['PostingRuleCreated', ['noRule', 'noAccount', 'unbalanced', 'accountFrozen']],
  ['PostingRuleUpdated', ['noRule', 'noAccount', 'unbalanced', 'accountFrozen']],
  ['FiscalYearCreated', ['noFiscalYear']],
  ['PeriodReopened', ['periodClosed']],
];

/** What waits is tried again by itself when its cause may have gone. */
export const retries: readonly Reaction[] = CAUSES.map(([type, reasons]) =>
  onMany({ module: 'accounting', type }, `retryAfter${type}`, async (work) => {
    await retryWaiting(work, { reason: { in: reasons } });
  }),
);
