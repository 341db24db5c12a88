import type { Customer, Offer, OfferLine, Price, PriceList, PricingRule, Product } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { withFreeLines, type FreeProduct } from '../rules/free-lines.ts';
import { isOpen } from '../rules/open.ts';
import type { PriceBook, PriceRequest } from '../rules/line-price.ts';
import { isFreeLine, isToPrice, keptLine, pricedLine, stepsOf } from '../rules/priced-line.ts';
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
};

/** Fills what a typed-in product leaves open: description, unit, and the price by list and rules, with the steps that led to it. */
export const priceLines = defineHook<Offer, Facts>({
  object: 'offer',
  name: 'priceLines',
  needs: (draft) => {
    const lines = draft.lines ?? [];
    const productIds = [...new Set(lines.flatMap((line) => line.productId ?? []))];
    if (!lines.some(lacksSomething)) return {};
    return {
      products: { object: 'product', filter: { id: { in: productIds } }, limit: 1000 },
      customer: { object: 'customer', filter: { id: draft.customerId } },
      productGroups: { object: 'product_group', ...BRANCHES },
      customerGroups: { object: 'customer_group', ...BRANCHES },
      territories: { object: 'territory', ...BRANCHES },
      lists: { object: 'price_list', fields: 'name,currency,standard,customerGroupIds', limit: 500 },
      prices: { object: 'price', filter: { productId: { in: productIds }, ...holding(draft) }, limit: READ_MAX },
      rules: { object: 'pricing_rule', filter: { active: true }, fields: RULE_FIELDS, limit: 500 },
    };
  },
  derive: (draft, facts, before) => {
    if (!isOpen(before, draft)) return {};
    refuseMore(facts);
    const earlier = new Map((before?.lines ?? []).map((line) => [line.id, line]));
    const lines = (draft.lines ?? []).map((line) => {
      const was = line.id === undefined ? undefined : earlier.get(line.id);
      return isFreeLine(line) ? line : priced(draft, filled(line, facts), { was, facts });
    });
    const free = (facts.rules ?? []).flatMap(({ freeProductId, freeProduct }) =>
      freeProductId && freeProduct ? [{ ...freeProduct, id: freeProductId }] : [],
    );
    return { lines: withFreeLines(lines, [...(facts.products ?? []), ...free]) };
  },
});

const RULE_FIELDS =
  'name,priority,effect,percent,amount,currency,freeProductId,freeProduct.name,freeProduct.unit,freeQuantity,forEach,productIds,productGroupIds,brandIds,customerIds,customerGroupIds,territoryIds,validFrom,validUntil,minimumQuantity,maximumQuantity,minimumAmount,maximumAmount';

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

function filled(line: OfferLine, facts: Facts): OfferLine {
  const product = facts.products?.find((each) => each.id === line.productId);
  if (!product) return line;
  return { ...line, description: line.description ?? product.name, unit: line.unit ?? product.unit ?? null };
}

function priced(draft: Offer, line: OfferLine, { was, facts }: { was: OfferLine | undefined; facts: Facts }): OfferLine {
  if (!isToPrice(line, was)) return keptLine(line, was);
  const product = facts.products?.find((each) => each.id === line.productId);
  const [customer] = facts.customer ?? [];
  const groups = pathUp(customer?.groupId, facts.customerGroups ?? []);
  const request: PriceRequest = {
    productId: line.productId ?? '',
    quantity: line.quantity ?? '1',
    customerId: draft.customerId,
    day: draft.date ?? '',
    currency: currencyOf(draft),
    productGroups: pathUp(product?.groupId, facts.productGroups ?? []),
    brand: product?.brandId ?? null,
    customerGroups: groups,
    territories: pathUp(customer?.territoryId, facts.territories ?? []),
    buyer: {
      currency: currencyOf(draft),
      priceListId: draft.priceListId ?? customer?.priceListId ?? null,
      groupPriceListIds: groups.flatMap((group) => listsOfGroup(group, facts)),
    },
    fallbackPrice: product?.listPrice ?? null,
  };
  return pricedLine(line, was, { book: bookOf(facts), request });
}

function listsOfGroup(group: string, { lists }: Facts): readonly string[] {
  return (lists ?? []).filter((list) => list.customerGroupIds?.includes(group)).map(({ id }) => id);
}

/** Facts that nobody needed are not there. */
function bookOf({ lists, prices, rules }: Facts): PriceBook {
  return { lists: lists ?? [], prices: prices ?? [], rules: (rules ?? []).map(ruleOf) };
}
