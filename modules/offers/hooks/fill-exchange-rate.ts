import { exchangeHook } from '#platform/kernel/money/exchange-hook.ts';
import { isOpen } from '../rules/open.ts';

/** What the offer's currency is worth in the company's, from accounting's rates; asked again as long as prices are worked out. */
export const fillExchangeRate = exchangeHook({ object: 'offer', isOpen: ({ status }) => isOpen({ status }, { status }) });
