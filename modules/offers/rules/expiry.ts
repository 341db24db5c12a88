import type { Offer } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';

/** Whether an offer waits for a decision that can no longer be taken: its last day is over. */
export function isExpired({ status, validUntil }: Pick<Offer, 'status' | 'validUntil'>, today: string): boolean {
  return status === 'sent' && Boolean(validUntil) && (validUntil ?? '') < today;
}

/** An offer is accepted until its last day, also before it is marked as expired: refused with `wrong_state` afterwards. */
export function refuseExpired(offer: Pick<Offer, 'status' | 'validUntil'>, today: string): void {
  if (isExpired(offer, today))
    throw new Refusal('wrong_state', {
      en: `The offer was valid until ${offer.validUntil ?? ''}. Revise it, and send the customer the new one.`,
      de: `Das Angebot galt bis ${offer.validUntil ?? ''}. Überarbeiten Sie es, und senden Sie dem Kunden das neue.`,
    });
}
