import type { Company, Customer, Offer, OfferLine, User } from '#metadata/records.gen.ts';
import type { RecordValues, Work } from '#platform/kernel/module.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { definePublicPage } from '#platform/kernel/public-page.ts';
import { acceptanceOf, acceptanceTerms } from '../rules/acceptance.ts';

/** Where the customer reads an offer that was sent to them, and says yes with their name or no with a reason. */
export const acceptance = definePublicPage<Offer>({
  name: 'acceptance',
  object: 'offer',
  terms: acceptanceTerms,
  hasDocument: (offer) => offer.status !== 'superseded',
  commands: { accept: ['acceptedBy'], decline: ['reason'] },
  show: async (work, offer) => {
    const company = await sellerOf(work, offer);
    const customer = await work.get<Customer>('customer', offer.customerId);
    const seller = offer.ownerId ? await work.get<User>('user', offer.ownerId) : null;
    const state = acceptanceOf(offer, work.today(offer.companyId ?? undefined));
    const shown = {
      state,
      language: customer?.language ?? null,
      number: offer.number ?? null,
      company: company && taken(company, ['name', 'address', 'email', 'phone', 'vatNumber']),
      seller: seller?.name ?? null,
    };
    // Of an offer that was replaced nobody should read prices that do not hold any more.
    return state === 'replaced' ? shown : { ...shown, ...documentOf(offer), customer: customer?.name ?? null };
  },
});

/** The company that offers; where the offer names none, the only one there is. */
async function sellerOf(work: Work, { companyId }: Offer): Promise<Company | null> {
  if (companyId) return work.get<Company>('company', companyId);
  const [first, ...others] = await work.query<Company>('company', { limit: 2 });
  return others.length === 0 ? (first ?? null) : null;
}

const SHOWN = [
  'subject',
  'date',
  'validUntil',
  'pricesIncludeTax',
  'introduction',
  'terms',
  'netTotal',
  'taxTotal',
  'grossTotal',
  'vat',
  'acceptedBy',
  'decidedAt',
] as const satisfies readonly (keyof Offer)[];

const SHOWN_OF_LINES = [
  'description',
  'quantity',
  'unit',
  'unitPrice',
  'discountPercent',
  'vatRate',
  'amount',
] as const satisfies readonly (keyof OfferLine)[];

function documentOf(offer: Offer): RecordValues {
  const lines = (offer.lines ?? []).map((line) => taken(line, SHOWN_OF_LINES));
  return { ...taken(offer, SHOWN), currency: currencyOf(offer), lines };
}

function taken(values: RecordValues, names: readonly string[]): RecordValues {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}
