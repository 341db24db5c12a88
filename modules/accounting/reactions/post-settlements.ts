import { paymentAllocated, paymentUnallocated } from '#modules/payments/events.ts';
import { onMany } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { keepAll } from '../posting/keep.ts';
import { settlementDocument } from '../posting/settlement-document.ts';

/** A settlement is posted where it is more than that: a write-off, an early discount. */
export const postSettlements = onMany(paymentAllocated, 'postSettlements', (work, happened) =>
  keepAll(
    work,
    happened.flatMap(({ data, event }) => settlementDocument(data, { id: uuidV7(), sourceEvent: event.id }) ?? []),
  ),
);

/** A settlement that is undone takes back what it posted. */
export const postUndone = onMany(paymentUnallocated, 'postUndone', (work, happened) =>
  keepAll(
    work,
    happened.flatMap(({ data, event }) => {
      const document = settlementDocument(data, { id: uuidV7(), sourceEvent: event.id });
      const facts = { figures: {}, vat: [], openItem: data.debitId, takesBack: data.allocationId };
      return document ? [{ ...document, event: 'takenBack' as const, reference: data.reason, facts }] : [];
    }),
  ),
);
