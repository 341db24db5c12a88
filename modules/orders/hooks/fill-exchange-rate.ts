import { exchangeHook } from '#platform/kernel/money/exchange-hook.ts';

/** What the order's currency is worth in the company's, from accounting's rates; asked again until it is confirmed. */
export const fillExchangeRate = exchangeHook({ object: 'order', isOpen: (before) => !before['confirmedAt'] });
