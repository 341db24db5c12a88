import { exchangeHook } from '#platform/kernel/money/exchange-hook.ts';

/** What the invoice's currency is worth in the company's, from accounting's rates; asked again until it is issued. */
export const fillExchangeRate = exchangeHook({ object: 'invoice', isOpen: (before) => before['status'] === 'draft' });
