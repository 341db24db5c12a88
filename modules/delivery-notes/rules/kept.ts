import type { DeliveryNote } from '#metadata/records.gen.ts';
import { plain, sumOf } from '#platform/kernel/decimal.ts';
import { withCustomer } from './quantities.ts';

/** How much of an order's line its delivery notes have brought to the customer, and has not come back. */
export function keptOf(notes: readonly Pick<DeliveryNote, 'lines'>[], orderLineId: string): string {
  return plain(sumOf(notes.flatMap(({ lines }) => (lines ?? []).filter((line) => line.orderLine === orderLineId).map(withCustomer))));
}
