import { defineModule } from '#platform/kernel/module.ts';
import { cancelReturn } from './commands/cancel-return.ts';
import { cancel } from './commands/cancel.ts';
import { confirmDelivery } from './commands/confirm-delivery.ts';
import { createCreditNote } from './commands/create-credit-note.ts';
import { createInvoice } from './commands/create-invoice.ts';
import { receive } from './commands/receive.ts';
import { returnGoods } from './commands/return.ts';
import { ship } from './commands/ship.ts';
import { deliveryNoteDocument } from './documents/delivery-note-document.ts';
import { returnNoteDocument } from './documents/return-note-document.ts';
import * as events from './events.ts';
import { deriveCredited } from './hooks/derive-credited.ts';
import { deriveProgress } from './hooks/derive-progress.ts';
import { guardClaims } from './hooks/guard-claims.ts';
import { guardReturn } from './hooks/guard-return.ts';
import { countCredited, countDiscarded, countInvoiced } from './reactions/count-invoiced.ts';
import { countReturnCredited } from './reactions/count-return-credited.ts';
import { createDeliveryNote } from './reactions/create-delivery-note.ts';

/** Delivery notes: pick, pack and ship what an order gave, know who took it, take back what is returned. */
export const deliveryNotes = defineModule({
  name: 'delivery-notes',
  objects: ['delivery_note', 'delivery_note_line', 'return_note', 'return_note_line'],
  hooks: [guardClaims, deriveProgress, guardReturn, deriveCredited],
  commands: [ship, confirmDelivery, returnGoods, cancel, createInvoice, receive, createCreditNote, cancelReturn],
  events: Object.values(events),
  reactions: [createDeliveryNote, countInvoiced, countDiscarded, countCredited, countReturnCredited],
  documents: [deliveryNoteDocument, returnNoteDocument],
});
