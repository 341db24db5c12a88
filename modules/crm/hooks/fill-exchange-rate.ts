import { exchangeHook } from '#platform/kernel/money/exchange-hook.ts';

/** What the opportunity's currency is worth in the company's, from accounting's newest rate; asked again until it is closed. */
export const fillExchangeRate = exchangeHook({ object: 'opportunity', isOpen: (before) => before['status'] === 'open' });
