import { defineModule } from '#platform/kernel/module.ts';
import { accept } from './commands/accept.ts';
import { approve } from './commands/approve.ts';
import { convertToOrder } from './commands/convert-to-order.ts';
import { decide } from './commands/decide.ts';
import { decline } from './commands/decline.ts';
import { endDelegation } from './commands/end-delegation.ts';
import { reject } from './commands/reject.ts';
import { revise } from './commands/revise.ts';
import { send } from './commands/send.ts';
import { submit } from './commands/submit.ts';
import { offerDocument } from './documents/offer-document.ts';
import { withdraw } from './commands/withdraw.ts';
import {
  approvalEscalated,
  approvalRequested,
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
import { askAgain } from './hooks/ask-again.ts';
import { checkDates } from './hooks/check-dates.ts';
import { checkDelegation } from './hooks/check-delegation.ts';
import { checkPolicy } from './hooks/check-policy.ts';
import { checkPrice } from './hooks/check-price.ts';
import { checkRule } from './hooks/check-rule.ts';
import { decideVat } from './hooks/decide-vat.ts';
import { deriveAmounts } from './hooks/derive-amounts.ts';
import { deriveFigures } from './hooks/derive-figures.ts';
import { deriveUnits } from './hooks/derive-units.ts';
import { fillCurrency } from './hooks/fill-currency.ts';
import { fillExchangeRate } from './hooks/fill-exchange-rate.ts';
import { priceLines } from './hooks/price-lines.ts';
import { expire } from './jobs/expire.ts';
import { followApprovals } from './jobs/follow-approvals.ts';
import { acceptance } from './pages/acceptance.ts';
import { askChangedAgain } from './reactions/ask-again.ts';
import { createOffer } from './reactions/create-offer.ts';
import { followDelegations } from './reactions/follow-delegations.ts';
import { linkOrder } from './reactions/link-order.ts';

/** Offers: price a deal, get it approved, send it, hear what the customer says, turn it into an order. */
export const offers = defineModule({
  name: 'offers',
  objects: [
    'offer',
    'offer_line',
    'product',
    'product_unit',
    'product_group',
    'brand',
    'price_list',
    'price',
    'pricing_rule',
    'approval_policy',
    'approval_step',
    'approval_request',
    'approval_decision',
    'approval_delegation',
  ],
  hooks: [
    deriveUnits,
    checkPrice,
    checkRule,
    checkPolicy,
    checkDelegation,
    checkDates,
    fillCurrency,
    fillExchangeRate,
    priceLines,
    decideVat,
    deriveAmounts,
    deriveFigures,
    askAgain,
  ],
  commands: [submit, approve, reject, withdraw, send, accept, decline, revise, convertToOrder, decide, endDelegation],
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
    approvalRequested,
    approvalEscalated,
  ],
  reactions: [createOffer, linkOrder, askChangedAgain, followDelegations],
  jobs: [expire, followApprovals],
  publicPages: [acceptance],
  documents: [offerDocument],
});
