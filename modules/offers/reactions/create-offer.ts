import { offerRequested } from '#modules/crm/events.ts';
import { onEvent } from '#platform/kernel/module.ts';

/** Makes the offer that was asked for an opportunity, with the id that CRM drew. */
export const createOffer = onEvent(offerRequested, 'createOffer', async (work, { offerId, lines, custom, ...asked }) => {
  await work.create('offer', offerId, {
    ...asked,
    ...work.takenOver('offer', custom),
    lines: lines.map(({ custom: added, ...line }) => ({ ...line, ...work.takenOver('offer_line', added) })),
  });
});
