import type { Offer } from '#metadata/records.gen.ts';
import { addDays } from '#platform/kernel/dates.ts';
import type { LinkTerms } from '#platform/kernel/public-page.ts';
import { isExpired } from './expiry.ts';

/** Days for which the link of an offer without a last day opens, and for which any link tells afterwards what became of the offer. */
const DAYS_WITHOUT_LAST = 180;
const DAYS_AFTERWARDS = 30;

/** How the customer finds an offer. */
export type Acceptance = 'open' | 'accepted' | 'declined' | 'expired' | 'replaced';

/** The link to an offer that was sent: good for what was sent then, until some time after its last day. */
export function acceptanceTerms({ sentAt, revision, validUntil }: Pick<Offer, 'sentAt' | 'revision' | 'validUntil'>): LinkTerms | null {
  if (!sentAt) return null;
  const sent = Date.parse(sentAt);
  const last = validUntil ?? addDays(new Date(sent).toISOString().slice(0, 10), DAYS_WITHOUT_LAST);
  return { mark: `${revision ?? 1} ${sent}`, lastDay: addDays(last, DAYS_AFTERWARDS) };
}

/** What the customer can still do with an offer that was sent, or what became of it. */
export function acceptanceOf(offer: Pick<Offer, 'status' | 'validUntil'>, today: string): Acceptance {
  if (isExpired(offer, today)) return 'expired';
  return OUTCOMES[offer.status ?? 'draft'] ?? 'replaced';
}

const OUTCOMES: { readonly [status in NonNullable<Offer['status']>]?: Acceptance } = {
  sent: 'open',
  accepted: 'accepted',
  ordered: 'accepted',
  declined: 'declined',
  expired: 'expired',
};
