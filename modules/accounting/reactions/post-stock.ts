import { stockMoved, type StockMoved } from '#modules/orders/events.ts';
import { exact } from '#platform/kernel/decimal.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { onMany } from '#platform/kernel/module.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { companyCurrencies } from '../posting/books.ts';
import type { PostingDocument, PostingEvent } from '../posting/document.ts';
import { keepAll } from '../posting/keep.ts';
import { figure } from '../rules/facts.ts';

const EVENTS: { readonly [kind in StockMoved['kind']]: PostingEvent } = {
  receipt: 'goodsReceived',
  delivery: 'goodsDelivered',
  return: 'goodsReturned',
  adjustment: 'stockAdjusted',
};

/** Goods that come or go are posted at what they cost. */
export const postStock = onMany(stockMoved, 'postStock', async (work, happened) => {
  const currencies = await companyCurrencies(
    work,
    happened.map(({ data }) => data.companyId),
  );
  await keepAll(
    work,
    happened.map(({ data, event }) => documentOf(data, event, currencies.get(data.companyId) ?? '')),
  );
});

/** What is delivered is told as less stock; posting rules take its size. */
function documentOf(moved: StockMoved, event: PlatformEvent, currency: string): PostingDocument {
  const cost = toCurrency(exact(moved.value).times(moved.kind === 'delivery' ? -1 : 1), currency);
  return {
    id: uuidV7(),
    event: EVENTS[moved.kind],
    documentType: 'stock',
    documentKind: moved.kind,
    reference: moved.reference,
    date: moved.date,
    companyId: moved.companyId,
    customerId: null,
    customerName: null,
    invoiceId: null,
    currency,
    exchangeRate: '1',
    gross: cost,
    ...sourceOf(moved),
    sourceEvent: event.id,
    facts: { figures: { cost: figure(cost, cost) }, vat: [], openItem: null },
  };
}

/** The document that goods came or went with; what is received or counted has none but the movement itself. */
function sourceOf({ kind, document, movementId }: StockMoved): Pick<PostingDocument, 'sourceObject' | 'source'> {
  if (document !== null && kind === 'delivery') return { sourceObject: 'delivery_note', source: document };
  if (document !== null && kind === 'return') return { sourceObject: 'return_note', source: document };
  return { sourceObject: 'stock_movement', source: movementId };
}
