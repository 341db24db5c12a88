import type { Offer, OfferLine } from '#metadata/records.gen.ts';
import { jsonOf } from '#platform/kernel/json.ts';
import type { Work } from '#platform/kernel/module.ts';
import type { ConvertedLine, OfferConverted } from '../events.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';

/** Names what administrators have added to a record. */
type Carry = Work['carried'];

/** What an order takes over from an offer. */
export function conversionOf(offer: Offer, carry: Carry): Omit<OfferConverted, 'orderId' | 'customerReference'> {
  return {
    offerId: offer.id,
    companyId: offer.companyId ?? null,
    ownerId: offer.ownerId ?? null,
    customerId: offer.customerId,
    contactId: offer.contactId ?? null,
    subject: offer.subject ?? null,
    currency: currencyOf(offer),
    pricesIncludeTax: offer.pricesIncludeTax ?? false,
    shippingAddress: jsonOf(JSON.stringify(offer.shippingAddress ?? null)),
    custom: carry('offer', offer),
    lines: (offer.lines ?? []).map((line) => ({ ...convertedLine(line), custom: carry('offer_line', line) })),
  };
}

function convertedLine(line: OfferLine): Omit<ConvertedLine, 'custom'> {
  return {
    offerLineId: line.id ?? '',
    productId: line.productId ?? null,
    description: line.description ?? null,
    quantity: line.quantity,
    unit: line.unit ?? null,
    unitFactor: line.unitFactor ?? null,
    unitPrice: line.unitPrice ?? null,
    discountPercent: line.discountPercent ?? null,
    vatCategory: line.vatCategory ?? null,
    vatRate: line.vatRate ?? null,
    vatExemptionCode: line.vatExemptionCode ?? null,
    vatExemptionReason: line.vatExemptionReason ?? null,
    vatBasis: line.vatBasis ?? null,
  };
}
