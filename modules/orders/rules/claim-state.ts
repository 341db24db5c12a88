import type { Claim } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';

/** What takes back something that was done has to wait until it is counted as done: refused with `conflict`, and the event comes again. */
export function refuseUnsettled(claim: Pick<Claim, 'id' | 'state'>): void {
  if (claim.state === 'open')
    throw new Refusal('conflict', {
      en: `What the document ${claim.id} did is not counted yet.`,
      de: `Was der Beleg ${claim.id} bewirkt hat, ist noch nicht gezählt.`,
    });
}
