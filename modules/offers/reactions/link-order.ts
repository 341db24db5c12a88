import type { Offer } from '#metadata/records.gen.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { on } from '#platform/kernel/module.ts';

/** The offer points to the order that was made from it. */
export const linkOrder = on('orders', 'OrderCreated', 'linkOrder', async (work, event) => {
  const { record } = event.data;
  if (!isRecord(record) || typeof record['offerId'] !== 'string') return;
  const offer = await work.lock<Offer>('offer', record['offerId']);
  await work.save('offer', { id: offer.id, orderId: record['id'] });
});
