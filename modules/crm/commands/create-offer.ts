import type { Opportunity, Product } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { defineCommand, type RecordValues, type Work } from '#platform/kernel/module.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { offerRequested, type RequestedLine } from '../events.ts';

/** Offers after which another one may be made. */
const ENDED: readonly unknown[] = ['declined', 'expired'];

/** Makes an offer of an opportunity: its id is drawn here and answered; the offers service makes it when it hears of it. While one is open, it is that one. */
export const createOffer = defineCommand<Opportunity, Record<string, never>>({
  object: 'opportunity',
  name: 'createOffer',
  run: async (work, opportunity) => {
    const open = await openOffer(work, opportunity);
    if (open) return { created: [{ object: 'offer', id: open }] };
    const offerId = uuidV7();
    const main = opportunity.contacts?.find(({ primary }) => primary) ?? opportunity.contacts?.[0];
    await work.emit(offerRequested, `opportunity/${opportunity.id}`, {
      opportunityId: opportunity.id,
      offerId,
      companyId: opportunity.companyId ?? null,
      ownerId: opportunity.ownerId ?? null,
      customerId: opportunity.customerId,
      contactId: main?.contactId ?? null,
      campaignId: opportunity.campaignId ?? null,
      subject: opportunity.name,
      currency: currencyOf(opportunity),
      custom: work.carried('opportunity', opportunity),
      lines: await linesOf(work, opportunity),
    });
    return { values: { requestedOffer: offerId }, created: [{ object: 'offer', id: offerId }] };
  },
});

/** The offer that is under way. One that was just asked for is not known here yet. Ids are of version 7: the later one is greater. */
async function openOffer(work: Work, { offerId, requestedOffer }: Opportunity): Promise<string | null> {
  const [current] = [offerId ?? '', requestedOffer ?? ''].toSorted().toReversed();
  if (!current) return null;
  const offer = await work.get<RecordValues>('offer', current);
  return ENDED.includes(offer?.['status']) ? null : current;
}

/** A price that is the product's own was an estimate: the offer is priced by its lists and rules. One that somebody typed goes along. */
async function linesOf(work: Work, { lines }: Opportunity): Promise<readonly RequestedLine[]> {
  const ids = [...new Set((lines ?? []).flatMap(({ productId }) => productId ?? []))];
  const products = ids.length === 0 ? [] : await work.query<Product>('product', { filter: { id: { in: ids } }, limit: ids.length });
  const listPrices = new Map(products.map(({ id, listPrice }) => [id, listPrice]));
  return (lines ?? []).map((line) => {
    const listPrice = listPrices.get(line.productId ?? '');
    const isEstimate = Boolean(listPrice && line.unitPrice && exact(listPrice).eq(line.unitPrice));
    return {
      productId: line.productId ?? null,
      description: line.description ?? null,
      quantity: line.quantity,
      unit: line.unit ?? null,
      unitPrice: isEstimate ? null : (line.unitPrice ?? null),
      discountPercent: line.discountPercent ?? null,
      custom: work.carried('opportunity_line', line),
    };
  });
}
