import { defineModule } from '#platform/kernel/module.ts';
import { accept } from './commands/accept.ts';
import { approve } from './commands/approve.ts';
import { convertToOrder } from './commands/convert-to-order.ts';
import { decline } from './commands/decline.ts';
import { reject } from './commands/reject.ts';
import { revise } from './commands/revise.ts';
import { send } from './commands/send.ts';
import { submit } from './commands/submit.ts';
import { offerDocument } from './documents/offer-document.ts';
import {
  offerAccepted,
  offerApproved,
  offerConverted,
  offerDeclined,
  offerExpired,
  offerRejected,
  offerRevised,
  offerSent,
  offerSubmitted,
} from './events.ts';
import { checkDates } from './hooks/check-dates.ts';
import { checkRule } from './hooks/check-rule.ts';
import { decideVat } from './hooks/decide-vat.ts';
import { deriveAmounts } from './hooks/derive-amounts.ts';
import { fillCurrency } from './hooks/fill-currency.ts';
import { priceLines } from './hooks/price-lines.ts';
import { expire } from './jobs/expire.ts';
import { acceptance } from './pages/acceptance.ts';
import { linkOrder } from './reactions/link-order.ts';

/** Offers: price a deal, get it approved, send it, hear what the customer says, turn it into an order. */
export const offers = defineModule({
  name: 'offers',
  objects: ['offer', 'offer_line', 'product', 'product_group', 'price_list', 'price', 'pricing_rule'],
  hooks: [checkRule, checkDates, fillCurrency, priceLines, decideVat, deriveAmounts],
  commands: [submit, approve, reject, send, accept, decline, revise, convertToOrder],
  events: [
    offerSubmitted,
    offerApproved,
    offerRejected,
    offerSent,
    offerAccepted,
    offerDeclined,
    offerExpired,
    offerRevised,
    offerConverted,
  ],
  reactions: [linkOrder],
  jobs: [expire],
  publicPages: [acceptance],
  documents: [offerDocument],
});
