import type { Order, OrderLine } from '#metadata/records.gen.ts';
import { plain } from '#platform/kernel/decimal.ts';
import { jsonOf } from '#platform/kernel/json.ts';
import type { Json } from '#platform/kernel/model.ts';
import type { CarriedValues, Work } from '#platform/kernel/module.ts';
import type { DocumentAmounts, LineAmounts } from '#platform/kernel/money/amounts.ts';
import type { DeliveryRequested, InvoiceRequested, RequestedInvoiceLine } from '../events.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import type { Taken } from '../rules/claims.ts';

/** Names what administrators have added to a record. */
export type Carry = Work['carried'];

/** What a delivery note of these lines needs to know. */
export function deliveryOf(order: Order, taken: readonly Taken[], how: { deliveryNoteId: string; carry: Carry }): DeliveryRequested {
  const { deliveryNoteId, carry } = how;
  return {
    deliveryNoteId,
    ...partiesOf(order),
    warehouseId: order.warehouseId ?? null,
    shippingAddress: asJson(order.shippingAddress),
    custom: carry('order', order),
    lines: taken.map(({ line, quantity }) => ({
      orderLineId: line.id ?? '',
      productId: line.productId ?? null,
      description: line.description ?? null,
      quantity: plain(quantity),
      unit: line.unit ?? null,
      kind: line.kind === 'stock' ? 'stock' : 'goods',
      custom: carry('order_line', line),
    })),
  };
}

/** An invoice that is to be: what it is called, of what kind, and for which delivery note. */
export type InvoiceHead = Pick<InvoiceRequested, 'invoiceId' | 'kind' | 'deliveryNoteId' | 'deliveryDate'>;

/** What an invoice with these lines and amounts needs to know. */
export function invoiceOf(
  order: Order,
  head: InvoiceHead,
  what: { readonly lines: readonly RequestedInvoiceLine[]; readonly amounts: DocumentAmounts; readonly custom: CarriedValues },
): InvoiceRequested {
  const { vat, netTotal, taxTotal, grossTotal } = what.amounts;
  return {
    ...head,
    ...partiesOf(order),
    currency: currencyOf(order),
    exchangeRate: order.exchangeRate ?? '1',
    pricesIncludeTax: what.amounts.pricesIncludeTax,
    orderVatDay: order.deliveryDate ?? order.date ?? null,
    billingAddress: asJson(order.billingAddress),
    shippingAddress: asJson(order.shippingAddress),
    custom: what.custom,
    lines: what.lines,
    vat: asJson(vat),
    netTotal,
    taxTotal,
    grossTotal,
  };
}

/** An order line on an invoice: so many of it, with the amounts they came to. */
export function invoiceLineOf(
  line: OrderLine,
  quantity: string,
  of: { readonly amounts: LineAmounts; readonly carry: Carry },
): RequestedInvoiceLine {
  return {
    orderLine: line.id ?? null,
    downPayment: null,
    productId: line.productId ?? null,
    description: line.description ?? null,
    quantity,
    unit: line.unit ?? null,
    unitPrice: line.unitPrice ?? null,
    discountPercent: line.discountPercent ?? null,
    priceBaseQuantity: line.priceBaseQuantity ?? null,
    vatBasis: line.vatBasis ?? null,
    vatSteps: asJson(line.vatSteps),
    vatRuleId: line.vatRuleId ?? null,
    vatRateSourceId: line.vatRateSourceId ?? null,
    custom: of.carry('order_line', line),
    ...sumsOf(of.amounts),
  };
}

/** A line that stands for an amount and no product: a down payment, or the deduction of one (quantity -1). */
export function amountLineOf(
  description: string,
  amounts: LineAmounts,
  of: { readonly quantity: '1' | '-1'; readonly downPayment: string | null },
): RequestedInvoiceLine {
  return {
    orderLine: null,
    downPayment: of.downPayment,
    productId: null,
    description,
    quantity: of.quantity,
    unit: null,
    unitPrice: of.quantity === '-1' ? amounts.amount.replace(/^-/, '') : amounts.amount,
    discountPercent: null,
    priceBaseQuantity: null,
    vatBasis: null,
    custom: {},
    ...sumsOf(amounts),
  };
}

function sumsOf({ vatCategory, vatRate, vatExemptionCode, vatExemptionReason, amount, netAmount, taxAmount, grossAmount }: LineAmounts) {
  return {
    vatCategory,
    vatRate: vatRate ?? null,
    vatExemptionCode: vatExemptionCode ?? null,
    vatExemptionReason: vatExemptionReason ?? null,
    amount,
    netAmount,
    taxAmount,
    grossAmount,
  };
}

function partiesOf(order: Order) {
  return {
    orderId: order.id,
    companyId: order.companyId ?? null,
    ownerId: order.ownerId ?? null,
    customerId: order.customerId,
    customerReference: order.customerReference ?? null,
  };
}

/** What a record keeps, as an event carries it. */
function asJson(value: unknown): Json {
  return jsonOf(JSON.stringify(value ?? null));
}
