import type { Json } from '#platform/kernel/model.ts';
import { defineEvent, type CarriedValues } from '#platform/kernel/module.ts';

const ID = { type: 'string', format: 'uuid' } as const;
const TEXT = { type: 'string' } as const;
const TEXT_OR_NONE = { type: ['string', 'null'] } as const;
const LINES = { type: 'array', items: { type: 'object' } } as const;

/** The JSON Schema of an event with these properties, all of them there. */
function schemaOf(properties: Readonly<Record<string, Json>>) {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false } as const;
}

/** The same with properties that events of earlier versions lack. */
function withOptional(more: Readonly<Record<string, Json>>, schema: ReturnType<typeof schemaOf>) {
  return { ...schema, properties: { ...schema.properties, ...more } } as const;
}

/** An order has its number and is to be carried out. Amounts are decimal strings in `currency`. */
export const orderConfirmed = defineEvent<{ orderId: string; customerId: string; netTotal: string; grossTotal: string; currency: string }>(
  'orders',
  'OrderConfirmed',
  schemaOf({ orderId: ID, customerId: ID, netTotal: TEXT, grossTotal: TEXT, currency: TEXT }),
);

/** Nothing is delivered or invoiced until the order is released. */
export const orderHeld = defineEvent<{ orderId: string; reason: string }>('orders', 'OrderHeld', schemaOf({ orderId: ID, reason: TEXT }));

/** A held order goes on. */
export const orderReleased = defineEvent<{ orderId: string }>('orders', 'OrderReleased', schemaOf({ orderId: ID }));

/** All goods of an order have been shipped. */
export const orderDelivered = defineEvent<{ orderId: string }>('orders', 'OrderDelivered', schemaOf({ orderId: ID }));

/** All of an order is on issued invoices. */
export const orderInvoiced = defineEvent<{ orderId: string }>('orders', 'OrderInvoiced', schemaOf({ orderId: ID }));

/** What is still open of an order will not be carried out. */
export const orderClosed = defineEvent<{ orderId: string }>('orders', 'OrderClosed', schemaOf({ orderId: ID }));

/** A closed order goes on. */
export const orderReopened = defineEvent<{ orderId: string }>('orders', 'OrderReopened', schemaOf({ orderId: ID }));

/** Nothing of an order was or will be carried out. */
export const orderCancelled = defineEvent<{ orderId: string; reason: string }>(
  'orders',
  'OrderCancelled',
  schemaOf({ orderId: ID, reason: TEXT }),
);

/** Goods came or went. `quantity` and `value` (company currency) are negative when they went; `document` caused it. */
export type StockMoved = {
  readonly movementId: string;
  readonly stockItemId: string;
  readonly productId: string;
  readonly warehouseId: string;
  readonly kind: 'receipt' | 'delivery' | 'return' | 'adjustment';
  readonly quantity: string;
  readonly value: string;
  readonly document: string | null;
  /** What people know the document by. */
  readonly reference: string | null;
  /** Of the warehouse. */
  readonly companyId: string | null;
  readonly date: string;
};

/** Goods came or went. */
export const stockMoved = defineEvent<StockMoved>(
  'orders',
  'StockMoved',
  schemaOf({
    movementId: ID,
    stockItemId: ID,
    productId: ID,
    warehouseId: ID,
    kind: TEXT,
    quantity: TEXT,
    value: TEXT,
    document: TEXT_OR_NONE,
    reference: TEXT_OR_NONE,
    companyId: TEXT_OR_NONE,
    date: TEXT,
  }),
);

/** What is held in stock for an order now, per line. */
export const stockReserved = defineEvent<{ orderId: string; lines: readonly { orderLineId: string; reserved: string }[] }>(
  'orders',
  'StockReserved',
  schemaOf({ orderId: ID, lines: LINES }),
);

/** What is available has fallen below the reorder level. */
export const stockLow = defineEvent<{
  stockItemId: string;
  productId: string;
  warehouseId: string;
  available: string;
  reorderLevel: string;
}>('orders', 'StockLow', schemaOf({ stockItemId: ID, productId: ID, warehouseId: ID, available: TEXT, reorderLevel: TEXT }));

/** A line of a delivery note that is to be. */
export type RequestedDeliveryLine = {
  readonly orderLineId: string;
  readonly productId: string | null;
  readonly description: string | null;
  readonly quantity: string;
  readonly unit: string | null;
  readonly kind: 'stock' | 'goods';
  readonly custom: CarriedValues;
};

/** What a delivery note needs to know of its order; `deliveryNoteId` was drawn by the order, which counts what it gave. */
export type DeliveryRequested = {
  readonly deliveryNoteId: string;
  readonly orderId: string;
  readonly companyId: string | null;
  readonly ownerId: string | null;
  readonly customerId: string;
  readonly warehouseId: string | null;
  readonly customerReference: string | null;
  readonly shippingAddress: Json;
  readonly custom: CarriedValues;
  readonly lines: readonly RequestedDeliveryLine[];
};

/** Some of an order is to be delivered. */
export const deliveryRequested = defineEvent<DeliveryRequested>(
  'orders',
  'DeliveryRequested',
  schemaOf({
    deliveryNoteId: ID,
    orderId: ID,
    companyId: TEXT_OR_NONE,
    ownerId: TEXT_OR_NONE,
    customerId: ID,
    warehouseId: TEXT_OR_NONE,
    customerReference: TEXT_OR_NONE,
    shippingAddress: { type: ['object', 'null'] },
    custom: { type: 'object' },
    lines: LINES,
  }),
);

/** A line of an invoice that is to be, with the amounts that the order's money came to. `downPayment` names the invoice that the line deducts. */
export type RequestedInvoiceLine = {
  readonly orderLine: string | null;
  readonly downPayment: string | null;
  readonly productId: string | null;
  readonly description: string | null;
  readonly quantity: string;
  readonly unit: string | null;
  readonly unitPrice: string | null;
  readonly discountPercent: string | null;
  readonly priceBaseQuantity: string | null;
  readonly vatCategory: string | null;
  readonly vatRate: string | null;
  readonly vatExemptionCode: string | null;
  readonly vatExemptionReason: string | null;
  readonly vatBasis: readonly string[] | null;
  /** How the VAT came about, and by which rule and rate; absent from orders of before they were told. */
  readonly vatSteps?: Json;
  readonly vatRuleId?: string | null;
  readonly vatRateSourceId?: string | null;
  readonly amount: string;
  readonly netAmount: string;
  readonly taxAmount: string;
  readonly grossAmount: string;
  readonly custom: CarriedValues;
};

/** What an invoice needs to know of its order; `invoiceId` was drawn by the order, which counts what it gave. */
export type InvoiceRequested = {
  readonly invoiceId: string;
  readonly kind: 'standard' | 'downPayment' | 'final';
  readonly orderId: string;
  readonly deliveryNoteId: string | null;
  readonly companyId: string | null;
  readonly ownerId: string | null;
  readonly customerId: string;
  readonly customerReference: string | null;
  readonly currency: string;
  readonly exchangeRate: string;
  readonly pricesIncludeTax: boolean;
  /** The day of supply, as far as the order knows it, and the day as of which its VAT was decided. */
  readonly deliveryDate?: string | null;
  readonly orderVatDay?: string | null;
  readonly billingAddress: Json;
  readonly shippingAddress?: Json;
  readonly custom: CarriedValues;
  readonly lines: readonly RequestedInvoiceLine[];
  readonly vat: Json;
  readonly netTotal: string;
  readonly taxTotal: string;
  readonly grossTotal: string;
};

/** Some of an order is to be invoiced. */
export const invoiceRequested = defineEvent<InvoiceRequested>(
  'orders',
  'InvoiceRequested',
  withOptional(
    { deliveryDate: TEXT_OR_NONE, orderVatDay: TEXT_OR_NONE, shippingAddress: { type: ['object', 'null'] } },
    schemaOf({
      invoiceId: ID,
      kind: TEXT,
      orderId: ID,
      deliveryNoteId: TEXT_OR_NONE,
      companyId: TEXT_OR_NONE,
      ownerId: TEXT_OR_NONE,
      customerId: ID,
      customerReference: TEXT_OR_NONE,
      currency: TEXT,
      exchangeRate: TEXT,
      pricesIncludeTax: { type: 'boolean' },
      billingAddress: { type: ['object', 'null'] },
      custom: { type: 'object' },
      lines: LINES,
      vat: LINES,
      netTotal: TEXT,
      taxTotal: TEXT,
      grossTotal: TEXT,
    }),
  ),
);
