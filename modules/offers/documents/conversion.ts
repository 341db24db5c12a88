import type { Offer, OfferLine } from '#metadata/records.gen.ts';
import { jsonOf } from '#platform/kernel/json.ts';
import type { ConvertedLine, OfferConverted } from '../events.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';

/** What an order takes over from an offer. */
export function conversionOf(offer: Offer): Omit<OfferConverted, 'orderId' | 'customerReference'> {
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
    lines: (offer.lines ?? []).map(convertedLine),
  };
}

function convertedLine(line: OfferLine): ConvertedLine {
  return {
    offerLineId: line.id ?? '',
    productId: line.productId ?? null,
    description: line.description ?? null,
    quantity: line.quantity,
    unit: line.unit ?? null,
    unitPrice: line.unitPrice ?? null,
    discountPercent: line.discountPercent ?? null,
    vatCategory: line.vatCategory ?? null,
    vatRate: line.vatRate ?? null,
    vatExemptionCode: line.vatExemptionCode ?? null,
    vatExemptionReason: line.vatExemptionReason ?? null,
    vatBasis: line.vatBasis ?? null,
  };
}
