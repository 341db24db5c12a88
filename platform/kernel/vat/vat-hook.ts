import { Refusal } from '../errors.ts';
import { defineHook, type Hook, type Need } from '../module.ts';
import { vatCountry } from './countries.ts';
import type { VatRate } from './rates.ts';
import { basesOf, dayOf, withVat, type VatDocument, type VatFacts } from './record-vat.ts';
import { TAX_RULE_FIELDS } from './rule-of-record.ts';

/** How an object's VAT is decided: by which rates, until when decisions are taken again, and whose VAT is given. */
export type VatHook = {
  readonly object: string;
  /** Those that come with the product. */
  readonly rates: readonly VatRate[];
  /** Of the document as it was, and as it is to be; a new one is open. */
  readonly isOpen: (before: VatDocument, draft: VatDocument) => boolean;
  /** Documents whose lines come with their VAT, and keep it. */
  readonly isGiven?: (draft: VatDocument) => boolean;
};

/** The hook that decides the VAT of a document's lines on every save. Company, customer, products, rates and rules are what lookups of the object lead to. */
export function vatHook({ object, rates, isOpen, isGiven = () => false }: VatHook): Hook {
  return defineHook<VatDocument, Required<VatFacts>>({
    object,
    name: 'decideVat',
    needs: (draft) => (isGiven(draft) ? {} : vatNeeds(draft, [dayOf(draft)])),
    needsMore: (draft, facts) => (isGiven(draft) ? {} : vatNeedsMore(draft, facts, [dayOf(draft)])),
    derive: (draft, facts, before) => {
      if (isGiven(draft)) return { vatBasis: basesOf(draft.lines ?? []) };
      refuseMore(facts);
      return withVat(draft, { facts, rates, before, isOpen: before === null || isOpen(before, draft) });
    },
  });
}

/** Rates, rules, and records of a tree, that are read for one document at most. */
const READ_MAX = 1000;

/** Of a tree, what has something above it: that is all that a way up needs. */
const BRANCHES = { filter: { parentId: { isNull: false } }, fields: 'parentId', limit: READ_MAX };

/** What decisions on these days need to know first. Asked in the same words as other hooks ask, so that each is read once. */
export function vatNeeds({ companyId, customerId, lines }: VatDocument, days: readonly string[]): { readonly [fact: string]: Need } {
  const productIds = [...new Set((lines ?? []).flatMap((line) => line.productId ?? []))];
  if ((lines ?? []).length === 0) return {};
  return {
    ...(companyId ? { company: { object: 'company', filter: { id: companyId } } } : {}),
    ...(customerId ? { customer: { object: 'customer', filter: { id: customerId } } } : {}),
    ...(productIds.length > 0 ? { products: { object: 'product', filter: { id: { in: productIds } }, limit: 1000 } } : {}),
    rules: { object: 'tax_rule', filter: { and: [{ active: true }, ...validOn(days)] }, fields: TAX_RULE_FIELDS, limit: READ_MAX },
  };
}

/** What else: the rates of the countries that could tax, and the trees of groups to which a rule is limited. */
export function vatNeedsMore(document: VatDocument, facts: VatFacts, days: readonly string[]): { readonly [fact: string]: Need } {
  if ((document.lines ?? []).length === 0) return {};
  const rules = facts.rules ?? [];
  const addresses = [document, facts.customer?.[0]].flatMap((one) => [one?.billingAddress?.country, one?.shippingAddress?.country]);
  const countries = [facts.company?.[0]?.country, ...addresses, ...rules.map(({ rateCountry }) => rateCountry)].filter(
    (one) => typeof one === 'string',
  );
  const isLimited = (limit: 'customerGroupIds' | 'productGroupIds'): boolean => rules.some((rule) => rule[limit]?.length);
  const filter = { and: [{ country: { in: [...new Set(countries.map(vatCountry))] } }, ...validOn(days)] };
  return {
    ...(countries.length > 0 ? { rates: { object: 'tax_rate', filter, fields: RATE_FIELDS, limit: READ_MAX } } : {}),
    ...(isLimited('customerGroupIds') ? { customerGroups: { object: 'customer_group', ...BRANCHES } } : {}),
    ...(isLimited('productGroupIds') ? { productGroups: { object: 'product_group', ...BRANCHES } } : {}),
  };
}

const RATE_FIELDS = 'name,country,kind,percent,vatCategory,validFrom,validUntil';

/** Valid on one of the days at least. */
function validOn(days: readonly string[]): readonly unknown[] {
  const [first, last] = [days.toSorted()[0], days.toSorted().at(-1)];
  return [
    { or: [{ validUntil: { isNull: true } }, { validUntil: { gte: first } }] },
    { or: [{ validFrom: { isNull: true } }, { validFrom: { lte: last } }] },
  ];
}

/** What was cut off could be the rate or the rule that holds, or the group to which a rule is limited. */
export function refuseMore({ rates, rules, customerGroups, productGroups }: VatFacts): void {
  if (![rates, rules, customerGroups, productGroups].some((read) => (read ?? []).length >= READ_MAX)) return;
  throw new Refusal('limit_reached', {
    en: `More than ${READ_MAX} tax rates, tax rules or groups would have to be read to decide the VAT. Switch rules off that are not needed, or limit them by customers and products.`,
    de: `Um die Steuer zu bestimmen, müssten mehr als ${READ_MAX} Steuersätze, Steuerregeln oder Gruppen gelesen werden. Schalten Sie nicht benötigte Regeln ab, oder begrenzen Sie sie auf Kunden und Produkte.`,
  });
}
