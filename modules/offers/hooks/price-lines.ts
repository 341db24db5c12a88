import type { Company, Customer, ExchangeRate, Offer, OfferLine, Price, PriceList, PricingRule, Product } from '#metadata/records.gen.ts';
import { invalidValues, Refusal } from '#platform/kernel/errors.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { factorOf, keptFactor, unknownUnit } from '#platform/kernel/product-units.ts';
import { withFreeLines, type FreeProduct } from '../rules/free-lines.ts';
import { isOpen } from '../rules/open.ts';
import type { PriceBook, PriceRequest } from '../rules/line-price.ts';
import { isFreeLine, isToPrice, keptLine, pricedLine, stepsOf } from '../rules/priced-line.ts';
import { ratesOf } from '../rules/price-rates.ts';
import { ruleOf } from '../rules/rule-of-record.ts';
import { pathUp, type TreeNode } from '#platform/kernel/tree-path.ts';

type Rule = PricingRule & { freeProduct?: Omit<FreeProduct, 'id'> | null };
type Facts = {
  products: readonly Product[];
  customer: readonly Pick<Customer, 'groupId' | 'territoryId' | 'priceListId'>[];
  productGroups: readonly TreeNode[];
  customerGroups: readonly TreeNode[];
  territories: readonly TreeNode[];
  lists: readonly PriceList[];
  prices: readonly Price[];
  rules: readonly Rule[];
  company: readonly Pick<Company, 'currency'>[];
  rates: readonly ExchangeRate[];
};

/** Fills what a typed-in product leaves open: description, unit, and the price by list and rules, with the steps that led to it. */
export const priceLines = defineHook<Offer, Facts>({
  object: 'offer',
  name: 'priceLines',
  needs: (draft, before) => {
    const lines = draft.lines ?? [];
    const productIds = [...new Set(lines.flatMap((line) => line.productId ?? []))];
    const products = { object: 'product', filter: { id: { in: productIds } }, limit: 1000 };
    if (!lines.some(lacksSomething)) return lines.some((line) => isOtherUnit(line, wasOf(line, before))) ? { products } : {};
    return {
      products,
      customer: { object: 'customer', filter: { id: draft.customerId } },
      productGroups: { object: 'product_group', ...BRANCHES },
      customerGroups: { object: 'customer_group', ...BRANCHES },
      territories: { object: 'territory', ...BRANCHES },
      lists: { object: 'price_list', fields: 'name,currency,standard,customerGroupIds', limit: 500 },
      prices: { object: 'price', filter: { productId: { in: productIds }, ...holding(draft) }, limit: READ_MAX },
      rules: { object: 'pricing_rule', filter: { active: true }, fields: RULE_FIELDS, limit: 500 },
      ...(draft.companyId ? { company: { object: 'company', filter: { id: draft.companyId } } } : {}),
    };
  },
  needsMore: (draft, { company, lists }) => {
    const foreign = (lists ?? []).flatMap(({ currency }) => (currency === currencyOf(draft) ? [] : [currency]));
    const baseCurrency = company?.[0]?.currency;
    if (foreign.length === 0 || !baseCurrency) return {};
    const filter = { currency: { in: [...new Set(foreign)] }, baseCurrency, ...(draft.date ? { validFrom: { lte: draft.date } } : {}) };
    return { rates: { object: 'exchange_rate', filter, sort: '-validFrom', limit: READ_MAX } };
  },
  derive: (draft, facts, before) => {
    if (!isOpen(before, draft)) return {};
    refuseMore(facts);
    refuseOtherUnits(draft, facts);
    const lines = (draft.lines ?? []).map((line) =>
      isFreeLine(line) ? line : priced(draft, filled(line, facts), { was: wasOf(line, before), facts }),
    );
    const free = (facts.rules ?? []).flatMap(({ freeProductId, freeProduct }) =>
      freeProductId && freeProduct ? [{ ...freeProduct, id: freeProductId }] : [],
    );
    return { lines: withFreeLines(lines, [...(facts.products ?? []), ...free]) };
  },
});

const RULE_FIELDS =
  'name,priority,effect,percent,amount,currency,freeProductId,freeProduct.name,freeProduct.unit,freeQuantity,forEach,productIds,productGroupIds,brandIds,customerIds,customerGroupIds,territoryIds,campaignIds,validFrom,validUntil,minimumQuantity,maximumQuantity,minimumAmount,maximumAmount';

/** Prices, and records of a tree, that are read for one offer at most. */
const READ_MAX = 1000;

/** Of a tree, what has something above it: that is all that a way up needs. */
const BRANCHES = { filter: { parentId: { isNull: false } }, fields: 'parentId', limit: READ_MAX };

/** The prices that could hold for the offer: on its day, for its customer or for everyone. */
function holding({ customerId, date }: Offer): { readonly and: readonly unknown[] } {
  const orNone = (field: string, condition: unknown) => ({ or: [{ [field]: { isNull: true } }, { [field]: condition }] });
  const onDay = date ? [orNone('validFrom', { lte: date }), orNone('validUntil', { gte: date })] : [];
  return { and: [orNone('customerId', { eq: customerId }), ...onDay] };
}

/** What was cut off could be the price that holds, or the group to which a rule or a list is limited. */
function refuseMore({ prices, rules, lists, productGroups, customerGroups, territories }: Facts): void {
  const limited: readonly Pick<PricingRule, 'productGroupIds' | 'customerGroupIds' | 'territoryIds'>[] = [
    ...(rules ?? []),
    ...(lists ?? []),
  ];
  const limitedBy = (limit: 'productGroupIds' | 'customerGroupIds' | 'territoryIds') => limited.some((each) => each[limit]?.length);
  if (limitedBy('productGroupIds')) refuseCutOff(productGroups);
  if (limitedBy('customerGroupIds')) refuseCutOff(customerGroups);
  if (limitedBy('territoryIds')) refuseCutOff(territories);
  if ((prices ?? []).length === READ_MAX)
    throw new Refusal('limit_reached', {
      en: `There are more than ${READ_MAX} prices for the products of this offer. Split it into two.`,
      de: `Für die Produkte dieses Angebots gibt es mehr als ${READ_MAX} Preise. Teilen Sie es in zwei.`,
    });
}

function refuseCutOff(tree: readonly TreeNode[] | undefined): void {
  if ((tree ?? []).length < READ_MAX) return;
  throw new Refusal('limit_reached', {
    en: `There are more than ${READ_MAX} groups or territories that are part of others. Limit pricing rules and price lists by products, brands and customers instead.`,
    de: `Es gibt mehr als ${READ_MAX} Gruppen oder Gebiete, die Teil von anderen sind. Begrenzen Sie Preisregeln und Preislisten stattdessen auf Produkte, Marken und Kunden.`,
  });
}

/** A line of a product that lacks something, or whose price follows its quantity. */
function lacksSomething(line: OfferLine): boolean {
  return Boolean(line.productId) && (!line.unitPrice || !line.description || !line.unit || stepsOf(line).length > 0);
}

/** The line as it was saved last. */
function wasOf(line: OfferLine, before: Offer | null): OfferLine | undefined {
  return line.id === undefined ? undefined : before?.lines?.find(({ id }) => id === line.id);
}

function isOtherUnit(line: OfferLine, was: OfferLine | undefined): boolean {
  return Boolean(line.productId) && (line.productId !== was?.productId || line.unit !== was?.unit);
}

/** A price and a stock of nothing would follow from a unit that nobody knows. */
function refuseOtherUnits(draft: Offer, { products }: Facts): void {
  const errors = (draft.lines ?? []).flatMap(({ productId, unit }, index) => {
    const product = products?.find(({ id }) => id === productId);
    return product && unit && factorOf(product, unit) === null ? [unknownUnit(`/lines/${index}/unit`, product, unit)] : [];
  });
  if (errors.length > 0) throw invalidValues(errors);
}

function filled(line: OfferLine, facts: Facts): OfferLine {
  const product = facts.products?.find((each) => each.id === line.productId);
  if (!product) return line.productId ? line : { ...line, unitFactor: null };
  const unit = line.unit ?? product.unit ?? null;
  return { ...line, description: line.description ?? product.name, unit, unitFactor: keptFactor(factorOf(product, unit)) };
}

function priced(draft: Offer, line: OfferLine, { was, facts }: { was: OfferLine | undefined; facts: Facts }): OfferLine {
  if (!isToPrice(line, was)) return keptLine(line, was);
  const product = facts.products?.find((each) => each.id === line.productId);
  const [customer] = facts.customer ?? [];
  const groups = pathUp(customer?.groupId, facts.customerGroups ?? []);
  const request: PriceRequest = {
    productId: line.productId ?? '',
    quantity: line.quantity ?? '1',
    unit: wordOf(line.unit),
    unitFactor: line.unitFactor ?? '1',
    baseUnit: wordOf(product?.unit),
    customerId: draft.customerId,
    day: draft.date ?? '',
    currency: currencyOf(draft),
    productGroups: pathUp(product?.groupId, facts.productGroups ?? []),
    brand: product?.brandId ?? null,
    customerGroups: groups,
    territories: pathUp(customer?.territoryId, facts.territories ?? []),
    campaignId: draft.campaignId ?? null,
    buyer: {
      currency: currencyOf(draft),
      priceListId: draft.priceListId ?? customer?.priceListId ?? null,
      groupPriceListIds: groups.flatMap((group) => listsOfGroup(group, facts)),
    },
    fallbackPrice: product?.listPrice ?? null,
    fallbackCurrency: facts.company?.[0]?.currency ?? null,
  };
  return pricedLine(line, was, { book: bookOf(draft, facts), request });
}

/** A unit as it is compared: without other units of its product a line may call it as it likes, and case does not count. */
function wordOf(unit: string | null | undefined): string | null {
  return unit?.trim().toLowerCase() ?? null;
}

function listsOfGroup(group: string, { lists }: Facts): readonly string[] {
  return (lists ?? []).filter((list) => list.customerGroupIds?.includes(group)).map(({ id }) => id);
}

/** Facts that nobody needed are not there. */
function bookOf(draft: Offer, { lists, prices, rules, products, company, rates }: Facts): PriceBook {
  const listed = (prices ?? []).map((price) => {
    const product = products?.find(({ id }) => id === price.productId);
    return { ...price, unit: wordOf(price.unit), factor: price.unit && product ? factorOf(product, price.unit) : null };
  });
  return {
    lists: lists ?? [],
    prices: listed,
    rules: (rules ?? []).map(ruleOf),
    rates: ratesOf(draft, company?.[0]?.currency, rates ?? []),
  };
}
