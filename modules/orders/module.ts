import { defineModule } from '#platform/kernel/module.ts';
import { adjustStock } from './commands/adjust-stock.ts';
import { cancel } from './commands/cancel.ts';
import { close } from './commands/close.ts';
import { confirmChanges } from './commands/confirm-changes.ts';
import { confirm, confirmOverLimit } from './commands/confirm.ts';
import { createDeliveryNote } from './commands/create-delivery-note.ts';
import { createDownPayment } from './commands/create-down-payment.ts';
import { createInvoice } from './commands/create-invoice.ts';
import { hold } from './commands/hold.ts';
import { receiveStock } from './commands/receive-stock.ts';
import { release } from './commands/release.ts';
import { reopen } from './commands/reopen.ts';
import { orderDocument } from './documents/order-document.ts';
import * as events from './events.ts';
import { decideVat } from './hooks/decide-vat.ts';
import { deriveAmounts } from './hooks/derive-amounts.ts';
import { deriveLow } from './hooks/derive-low.ts';
import { deriveProgress } from './hooks/derive-progress.ts';
import { fillExchangeRate } from './hooks/fill-exchange-rate.ts';
import { fillOrder } from './hooks/fill-order.ts';
import { followConfirmation } from './hooks/follow-confirmation.ts';
import { guardChanges } from './hooks/guard-changes.ts';
import { markLow } from './jobs/mark-low.ts';
import { countCredited } from './reactions/count-credited.ts';
import { countInvoiced } from './reactions/count-invoiced.ts';
import { priceOrder } from './hooks/price-order.ts';
import { createOrder } from './reactions/create-order.ts';
import { fillBackorders } from './reactions/fill-backorders.ts';
import { followChanges } from './reactions/follow-changes.ts';
import { countExchange, countExchangeBack, countSettlement, countVoid } from './reactions/follow-receivables.ts';
import { mergeCredit } from './reactions/merge-credit.ts';
import { openWarehouse } from './reactions/open-warehouse.ts';
import { releaseDelivery } from './reactions/release-delivery.ts';
import { releaseInvoice } from './reactions/release-invoice.ts';
import { returnGoods } from './reactions/return-goods.ts';
import { shipGoods } from './reactions/ship-goods.ts';

/** Orders: take what the customer wants, reserve it, count what is delivered and invoiced, and keep the stock. */
export const orders = defineModule({
  name: 'orders',
  objects: ['order', 'order_line', 'claim', 'claim_line', 'credit_account', 'warehouse', 'stock_item', 'stock_movement', 'reservation'],
  hooks: [fillOrder, fillExchangeRate, priceOrder, decideVat, deriveAmounts, deriveProgress, guardChanges, followConfirmation, deriveLow],
  commands: [
    confirm,
    confirmOverLimit,
    confirmChanges,
    hold,
    release,
    close,
    reopen,
    cancel,
    createDeliveryNote,
    createInvoice,
    createDownPayment,
    receiveStock,
    adjustStock,
  ],
  events: Object.values(events),
  reactions: [
    openWarehouse,
    createOrder,
    followChanges,
    fillBackorders,
    shipGoods,
    returnGoods,
    releaseDelivery,
    countInvoiced,
    releaseInvoice,
    countCredited,
    countSettlement,
    countVoid,
    countExchange,
    countExchangeBack,
    mergeCredit,
  ],
  jobs: [markLow],
  documents: [orderDocument],
});
