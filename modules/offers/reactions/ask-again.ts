import type { Offer } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import { on } from '#platform/kernel/module.ts';
import { askApproval } from '../documents/ask-approval.ts';

/** An offer that was changed under approval is asked about anew, once; where nobody could approve it, its author has it back with the reason. */
export const askChangedAgain = on('offers', 'OfferUpdated', 'askChangedAgain', async (work, event) => {
  const { record, changed, command } = event.data;
  const isChange = isRecord(changed) && changed['approvalRound'] !== undefined && command === undefined;
  if (!isChange || !isRecord(record)) return;
  const offer = await work.lock<Offer>('offer', plainText(record['id']));
  if (offer.status !== 'submitted' || offer.approvalRound !== record['approvalRound']) return;
  const by = /^user:(.+)$/.exec(event.actor)?.[1] ?? null;
  await work.save('offer', { id: offer.id, ...(await asked()) });

  async function asked(): Promise<Partial<Offer>> {
    try {
      return await askApproval(work, offer, by);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: 'draft', approval: 'refused', rejectedReason: error.message };
    }
  }
});
