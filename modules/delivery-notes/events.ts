import type { Json } from '#platform/kernel/model.ts';
import { defineEvent } from '#platform/kernel/module.ts';

const ID = { type: 'string', format: 'uuid' } as const;
const TEXT = { type: 'string' } as const;
const QUANTITIES = {
  type: 'array',
  items: { type: 'object', properties: { orderLineId: ID, quantity: TEXT }, required: ['orderLineId', 'quantity'] },
} as const;

/** How much of an order's line; a decimal string. */
export type LineQuantity = { readonly orderLineId: string; readonly quantity: string };

/** What all events of a delivery note say. */
type OfNote = { readonly deliveryNoteId: string; readonly orderId: string };

/** The JSON Schema of an event with these properties, all of them there. */
function schemaOf(properties: Readonly<Record<string, Json>>) {
  const all = { deliveryNoteId: ID, orderId: ID, ...properties };
  return { type: 'object', properties: all, required: Object.keys(all), additionalProperties: false } as const;
}

/** The goods have left, so many of each line; what the order gave and is not here will not be shipped. */
export const shipmentDispatched = defineEvent<
  OfNote & {
    readonly lines: readonly LineQuantity[];
    /** The day on which they left, in the company's zone; absent from events of before it was told. */
    readonly shippedOn?: string;
  }
>('delivery-notes', 'ShipmentDispatched', {
  ...schemaOf({ lines: QUANTITIES }),
  properties: { deliveryNoteId: ID, orderId: ID, lines: QUANTITIES, shippedOn: TEXT },
});

/** The goods have arrived, and who took them. */
export const deliveryConfirmed = defineEvent<OfNote & { readonly receivedBy: string; readonly deliveredAt: string }>(
  'delivery-notes',
  'DeliveryConfirmed',
  schemaOf({ receivedBy: TEXT, deliveredAt: TEXT }),
);

/** Goods that were shipped came back, so many of each line, `stocked` of them as good as new: the document is the return. */
export const deliveryReturned = defineEvent<
  OfNote & {
    readonly returnNoteId: string;
    readonly reason: string;
    readonly lines: readonly (LineQuantity & { readonly stocked: string })[];
  }
>('delivery-notes', 'DeliveryReturned', schemaOf({ returnNoteId: ID, reason: TEXT, lines: QUANTITIES }));

/** A delivery note that was never shipped gives back what the order gave it. */
export const deliveryCancelled = defineEvent<OfNote & { readonly reason: string }>(
  'delivery-notes',
  'DeliveryCancelled',
  schemaOf({ reason: TEXT }),
);
