import type { Offer, OfferLine } from '#metadata/records.gen.ts';
import type { RecordValues } from '#platform/kernel/module.ts';

/** What a new revision takes over: what was offered, not what became of it. How long it is valid is decided anew. */
const TAKEN = [
  'companyId',
  'ownerId',
  'teamId',
  'customerId',
  'contactId',
  'opportunityId',
  'campaignId',
  'subject',
  'currency',
  'pricesIncludeTax',
  'priceListId',
  'shippingAddress',
  'introduction',
  'terms',
  'notes',
] as const satisfies readonly (keyof Offer | 'teamId')[];

const TAKEN_OF_LINES = [
  'productId',
  'description',
  'quantity',
  'unit',
  'unitPrice',
  'discountPercent',
  'priceSteps',
  'vatCategory',
  'vatRate',
  'vatExemptionCode',
  'vatExemptionReason',
  'vatBasis',
] as const satisfies readonly (keyof OfferLine)[];

/** The values of the draft that follows an offer. Its number is the first one's with the revision behind it: it takes none from the series. */
export function revisionOf(offer: Offer, added: (object: string, record: RecordValues) => RecordValues): RecordValues {
  const last = offer.revision ?? 1;
  const number = offer.number ?? '';
  const first = last === 1 ? number : number.slice(0, -`-${last}`.length);
  const revision = last + 1;
  const values: RecordValues = offer;
  return {
    ...Object.fromEntries(TAKEN.map((name) => [name, values[name] ?? null])),
    ...added('offer', offer),
    number: `${first}-${revision}`,
    revision,
    revisionOfId: offer.id,
    lines: (offer.lines ?? []).map((line) => ({
      ...Object.fromEntries(TAKEN_OF_LINES.map((name) => [name, line[name] ?? null])),
      ...added('offer_line', line),
    })),
  };
}
