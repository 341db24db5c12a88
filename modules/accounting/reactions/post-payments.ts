import {
  chargebackReceived,
  chargebackWon,
  paymentReceived,
  paymentReversed,
  payoutSettled,
  refundFailed,
  refundProcessed,
} from '#modules/payments/events.ts';
import type { Json } from '#platform/kernel/model.ts';
import { onMany, type EventDefinition, type Reaction } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import type { PostingDocument } from '../posting/document.ts';
import { keepAll } from '../posting/keep.ts';
import { chargebackDocument, paymentDocument, payoutDocument, refundDocument, takenBack } from '../posting/payment-document.ts';

/** What each event of payments posts; none where it moves no money. */
export const postPayments: readonly Reaction[] = [
  posts(paymentReceived, 'postPayments', paymentDocument),
  posts(paymentReversed, 'postReversals', (data, drawn) => takenBack(paymentDocument(data, drawn), data.reason)),
  posts(refundProcessed, 'postRefunds', refundDocument),
  posts(refundFailed, 'postFailedRefunds', (data, drawn) =>
    data.wasProcessed ? takenBack(refundDocument(data, drawn), data.reason) : null,
  ),
  posts(chargebackReceived, 'postChargebacks', (data, drawn) => chargebackDocument(data, 'chargebackOpened', drawn)),
  posts(chargebackWon, 'postChargebacksWon', (data, drawn) => chargebackDocument(data, 'chargebackWon', drawn)),
  posts(payoutSettled, 'postPayouts', payoutDocument),
];

type Data = { readonly [key: string]: Json };
type DocumentOf<D extends Data> = (data: D, drawn: { readonly id: string; readonly sourceEvent: string }) => PostingDocument | null;

function posts<D extends Data>(event: EventDefinition<D>, name: string, documentOf: DocumentOf<D>): Reaction {
  return onMany(event, name, (work, happened) =>
    keepAll(
      work,
      happened.flatMap(({ data, event: told }) => documentOf(data, { id: uuidV7(), sourceEvent: told.id }) ?? []),
    ),
  );
}
