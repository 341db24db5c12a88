import { exact, plain, type Exact } from '#platform/kernel/decimal.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { listPrice, unitPrice, type ListPriceEntry, type PriceQuery } from './list-price.ts';
import { listsFor, type Buyer, type ChosenList, type PriceListEntry } from './price-list.ts';
import { decidingRule, type PricingRule, type RuleSubject } from './pricing-rule.ts';

/**
 * How prices in `from` become such in the document's currency: times what one of `from` is worth in the company's currency, over what one of the
 * document's is. `name` says of which currencies, and as of when.
 */
export type PriceRate = { readonly from: string; readonly name: string; readonly times: string; readonly over: string };

/** What prices are made of: lists, their prices, rules, and rates for lists in other currencies. */
export type PriceBook = {
  readonly lists: readonly PriceListEntry[];
  readonly prices: readonly ListPriceEntry[];
  readonly rules: readonly PricingRule[];
  readonly rates?: readonly PriceRate[];
};

/** The line that wants a price, and who buys. `fallbackPrice` is the product's own, in `fallbackCurrency` (the document's when left out), for when no list has one. */
export type PriceRequest = PriceQuery &
  Omit<RuleSubject, 'amount' | 'quantity'> & {
    readonly buyer: Buyer;
    readonly fallbackPrice?: string | null;
    readonly fallbackCurrency?: string | null;
  };

/** Goods that come along without a price. */
export type FreeItem = { readonly productId: string; readonly quantity: string; readonly ruleId: string };

/** One step of a price, in the order in which it was taken; `id` and `name` are the list's or the rule's. */
export type PriceStep = {
  readonly step: 'list' | 'product' | 'unit' | 'currency' | 'rate' | 'margin' | 'discount' | 'free';
  readonly id?: string;
  readonly name?: string;
  /** For a list whose it is; for others what it was multiplied (`× 12`) or divided by, the points (`10%`) or the amount. */
  readonly by?: string;
  /** The unit price after this step; null for `free`, which leaves it. */
  readonly price: string | null;
};

/** A price with its explanation. `unitPrice` is before the discount, `netUnitPrice` after it; null when nobody has a price. */
export type LinePrice = {
  readonly listPrice: string | null;
  readonly unitPrice: string | null;
  readonly discountPercent: string | null;
  readonly discountAmount: string | null;
  readonly netUnitPrice: string | null;
  readonly freeItems: readonly FreeItem[];
  readonly explanation: readonly PriceStep[];
};

const NO_PRICE: LinePrice = {
  listPrice: null,
  unitPrice: null,
  discountPercent: null,
  discountAmount: null,
  netUnitPrice: null,
  freeItems: [],
  explanation: [],
};

/**
 * The price of a line: price list of customer, group or standard; then the rules that set the price, put a margin on it,
 * take a discount off it, and add goods. Every step is kept, so that the line can say why it costs what it costs.
 * Refuses (`invalid_value`) two rules of one kind and priority, and a discount that makes the price negative.
 */
export function linePrice(book: PriceBook, request: PriceRequest): LinePrice {
  const found = startingPrice(book, request);
  const factor = request.unitFactor ?? '1';
  const subject: RuleSubject = {
    ...request,
    quantity: plain(exact(request.quantity).times(factor)),
    amount: plain(exact(found?.price ?? 0).times(request.quantity)),
  };
  const rate = rateStep(book.rules, subject, factor);
  const start = rate?.price ?? found?.price ?? null;
  if (start === null) return NO_PRICE;
  const margin = changeStep(book.rules, 'margin', subject, { price: start, factor });
  const before = margin?.price ?? start;
  const discount = changeStep(book.rules, 'discount', subject, { price: before, factor });
  const free = freeStep(book.rules, subject);
  return {
    listPrice: found?.price ?? null,
    unitPrice: before,
    discountPercent: discount?.percent ?? null,
    discountAmount: discount?.amount ?? null,
    netUnitPrice: discount?.price ?? before,
    freeItems: free ? [free.item] : [],
    explanation: [...(found?.steps ?? []), rate?.step, margin?.step, discount?.step, free?.step].filter((step) => step !== undefined),
  };
}

type Start = { readonly price: string; readonly steps: readonly PriceStep[] };

function startingPrice(book: PriceBook, request: PriceRequest): Start | null {
  const rateFrom = (currency: string): PriceRate | undefined => book.rates?.find(({ from }) => from === currency);
  const chosen = listsFor(book.lists, request.buyer, (currency) => rateFrom(currency) !== undefined);
  for (const each of chosen) {
    const start = priceOfList(book, each, request, rateFrom(each.list.currency));
    if (start) return start;
  }
  return priceOfProduct(request, rateFrom);
}

function priceOfProduct(request: PriceRequest, rateFrom: (currency: string) => PriceRate | undefined): Start | null {
  const { fallbackPrice, fallbackCurrency, buyer, productId, baseUnit } = request;
  if (!fallbackPrice) return null;
  const price = unitPrice(fallbackPrice);
  const start = inUnit({ price, steps: [{ step: 'product', id: productId, price }] }, request, { unit: baseUnit, over: '1' });
  if (!fallbackCurrency || fallbackCurrency === buyer.currency) return start;
  const rate = rateFrom(fallbackCurrency);
  return rate ? inCurrency(start, rate) : null;
}

function priceOfList(book: PriceBook, { list, from }: ChosenList, request: PriceRequest, rate: PriceRate | undefined): Start | null {
  const found = listPrice(book.prices, list.id, request);
  if (!found) return null;
  const own = unitPrice(found.entry.amount);
  const start: Start = { price: own, steps: [{ step: 'list', id: list.id, name: list.name, by: from, price: own }] };
  const isAsked = exact(found.times).eq(found.over);
  const priced = isAsked ? start : inUnit(start, request, { unit: found.entry.unit ?? request.baseUnit, over: found.over });
  return list.currency === request.buyer.currency || !rate ? priced : inCurrency(priced, rate);
}

/** The price for one of the unit asked for, from that for one of another unit, which holds `over` base units. */
function inUnit(start: Start, { unit, unitFactor }: PriceRequest, from: { unit?: string | null | undefined; over: string }): Start {
  const times = unitFactor ?? '1';
  if (exact(times).eq(from.over)) return start;
  return converted(start, { step: 'unit', name: [from.unit, unit].filter(Boolean).join(' → ') }, { times, over: from.over });
}

function inCurrency(start: Start, rate: PriceRate): Start {
  return converted(start, { step: 'currency', name: rate.name }, rate);
}

function converted({ price, steps }: Start, step: Pick<PriceStep, 'step' | 'name'>, by: { times: string; over: string }): Start {
  const changed = unitPrice(exact(price).times(by.times).div(by.over));
  return { price: changed, steps: [...steps, { ...step, by: byOf(by), price: changed }] };
}

/** `× 12`, `÷ 12` or both, without what changes nothing. */
function byOf({ times, over }: { times: string; over: string }): string {
  const parts = [exact(times).eq(1) ? '' : `× ${plain(times)}`, exact(over).eq(1) ? '' : `÷ ${plain(over)}`];
  return parts.filter(Boolean).join(' ') || '× 1';
}

function rateStep(rules: readonly PricingRule[], subject: RuleSubject, factor: string): { price: string; step: PriceStep } | undefined {
  const rule = decidingRule(rules, 'rate', subject);
  if (!rule || rule.effect.kind !== 'rate') return undefined;
  const price = unitPrice(exact(rule.effect.amount).times(factor));
  return { price, step: { step: 'rate', id: rule.id, name: rule.name, by: rule.effect.amount, price } };
}

type Change = { readonly price: string; readonly percent: string | null; readonly amount: string | null; readonly step: PriceStep };

/** The price before the change, and how many base units it is for: a rule's amounts are per base unit. */
type Before = { readonly price: string; readonly factor: string };

function changeStep(rules: readonly PricingRule[], kind: 'margin' | 'discount', subject: RuleSubject, before: Before): Change | undefined {
  const rule = decidingRule(rules, kind, subject);
  if (!rule || rule.effect.kind !== kind) return undefined;
  const { percent } = rule.effect;
  const change: Exact =
    percent === undefined ? exact(rule.effect.amount).times(before.factor) : exact(before.price).times(percent).div(100);
  const after = kind === 'margin' ? exact(before.price).plus(change) : exact(before.price).minus(change);
  if (after.lt(0)) throw negative(rule, before.price);
  const price = unitPrice(after);
  const amount = percent === undefined ? unitPrice(change) : null;
  const step: PriceStep = { step: kind, id: rule.id, name: rule.name, by: amount ?? `${percent}%`, price };
  return { price, percent: percent ?? null, amount, step };
}

function freeStep(rules: readonly PricingRule[], subject: RuleSubject): { item: FreeItem; step: PriceStep } | undefined {
  const rule = decidingRule(rules, 'free', subject);
  if (!rule || rule.effect.kind !== 'free') return undefined;
  const { productId, quantity, forEach } = rule.effect;
  const times = forEach ? exact(subject.quantity).div(forEach).floor() : exact(1);
  if (times.lte(0)) return undefined;
  const item = { productId: productId ?? subject.productId, quantity: plain(exact(quantity).times(times)), ruleId: rule.id };
  return { item, step: { step: 'free', id: rule.id, name: rule.name, by: item.quantity, price: null } };
}

function negative(rule: PricingRule, before: string): Refusal {
  return new Refusal('invalid_value', {
    en: `The pricing rule “${rule.name}” takes more off than the price of ${before}. Lower its discount.`,
    de: `Die Preisregel „${rule.name}“ zieht mehr ab als den Preis von ${before}. Senken Sie ihren Rabatt.`,
  });
}
