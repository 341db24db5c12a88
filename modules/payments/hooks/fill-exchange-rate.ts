import { exchangeHook } from '#platform/kernel/money/exchange-hook.ts';

/** What the payment's currency is worth in the company's on its day, from accounting's rates; asked again until it is recorded. */
export const fillExchangeRate = exchangeHook({ object: 'payment', isOpen: (before) => before['status'] === 'draft' });
