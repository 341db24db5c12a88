import type { Opportunity } from '#metadata/records.gen.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { plainText } from '#platform/kernel/json.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { on, type Work } from '#platform/kernel/module.ts';
import { close, todayOf } from '../commands/close-opportunity.ts';

/** An opportunity leads to the newest offer of it; a revision takes the place of what it revises. */
export const linkOffer = on('offers', 'OfferCreated', 'linkOffer', async (work, event) => {
  const found = await offeredIn(work, event);
  if (!found) return;
  const { opportunity, offer } = found;
  const id = plainText(offer['id']);
  // Ids are of version 7: later ones are greater.
  if (!opportunity.offerId || opportunity.offerId < id) await work.save('opportunity', { id: opportunity.id, offerId: id });
});

const TAKEN: readonly unknown[] = ['accepted', 'ordered'];

/** Whoever accepts an offer has decided for us: its opportunity is won, with what was offered. */
export const winByOffer = on('offers', 'OfferUpdated', 'winByOffer', async (work, event) => {
  const { record, changed } = event.data;
  if (!isRecord(record) || !isRecord(changed) || !('status' in changed) || !TAKEN.includes(record['status'])) return;
  const found = await offeredIn(work, event);
  if (!found || found.opportunity.status !== 'open') return;
  const { opportunity, offer } = found;
  const isSameMoney = offer['currency'] === opportunity.currency;
  const wonAmount = isSameMoney && typeof offer['netTotal'] === 'string' ? offer['netTotal'] : null;
  const ending = { outcome: 'won', closedOn: todayOf(work, opportunity), wonAmount } as const;
  await work.save('opportunity', { id: opportunity.id, offerId: offer['id'], ...(await close(work, opportunity, ending)) });
});

async function offeredIn(work: Work, event: PlatformEvent) {
  const { record } = event.data;
  if (!isRecord(record) || typeof record['opportunityId'] !== 'string') return null;
  if ((await work.get('opportunity', record['opportunityId'])) === null) return null;
  return { offer: record, opportunity: await work.lock<Opportunity>('opportunity', record['opportunityId']) };
}
