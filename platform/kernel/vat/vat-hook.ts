import { defineHook, type Hook, type Need } from '../module.ts';
import type { VatRate } from './rates.ts';
import { withVat, type VatDocument, type VatFacts } from './record-vat.ts';

/** How an object's VAT is decided: by which rates, until when decisions are taken again, and whose VAT is given. */
export type VatHook = {
  readonly object: string;
  readonly rates: readonly VatRate[];
  /** Of the document as it was, and as it is to be; a new one is open. */
  readonly isOpen: (before: VatDocument, draft: VatDocument) => boolean;
  /** Documents whose lines come with their VAT, and keep it. */
  readonly isGiven?: (draft: VatDocument) => boolean;
};

/** The hook that decides the VAT of a document's lines on every save. Company, customer and products are what lookups of the object lead to. */
export function vatHook({ object, rates, isOpen, isGiven = () => false }: VatHook): Hook {
  return defineHook<VatDocument, Required<VatFacts>>({
    object,
    name: 'decideVat',
    needs: (draft) => (isGiven(draft) ? {} : needsOf(draft)),
    derive: (draft, facts, before) => {
      if (isGiven(draft)) return { vatBasis: [...new Set((draft.lines ?? []).flatMap((line) => line.vatBasis ?? []))] };
      return withVat(draft, { facts, rates, before, isOpen: before === null || isOpen(before, draft) });
    },
  });
}

/** Asked in the same words as other hooks ask, so that each is read once. */
function needsOf({ companyId, customerId, lines }: VatDocument): { readonly [fact: string]: Need } {
  const productIds = [...new Set((lines ?? []).flatMap((line) => line.productId ?? []))];
  if ((lines ?? []).length === 0) return {};
  return {
    ...(companyId ? { company: { object: 'company', filter: { id: companyId } } } : {}),
    ...(customerId ? { customer: { object: 'customer', filter: { id: customerId } } } : {}),
    ...(productIds.length > 0 ? { products: { object: 'product', filter: { id: { in: productIds } }, limit: 1000 } } : {}),
  };
}
