import type { Offer } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { revisionOf } from '../documents/revision.ts';
import { offerRevised } from '../events.ts';

/** Replaces an offer that was sent by a new draft of it; the old one stays as it was, superseded, and both lead to each other. */
export const revise = defineCommand<Offer, Record<string, never>>({
  object: 'offer',
  name: 'revise',
  run: async (work, offer) => {
    const revisionId = uuidV7();
    const added = (object: string, record: Parameters<typeof work.carried>[1]) => work.takenOver(object, work.carried(object, record));
    const made = await work.create<Offer>('offer', revisionId, revisionOf(offer, added));
    await work.emit(offerRevised, `offer/${offer.id}`, { offerId: offer.id, revisionId, revision: made.revision ?? 1 });
    return { values: { revisedAsId: revisionId }, created: [{ object: 'offer', id: revisionId }] };
  },
});
