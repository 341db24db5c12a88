import { askFor } from '#admin-ui/src/api/client.ts';

/** One row of what is offered; decimals are strings. */
export type OfferedLine = {
  readonly description: string | null;
  readonly quantity: string;
  readonly unit: string | null;
  readonly unitPrice: string | null;
  readonly discountPercent: string | null;
  readonly amount: string | null;
};

/** Who stands behind the page. */
export type Seller = {
  readonly name: string;
  readonly address: { readonly street?: string; readonly postalCode?: string; readonly city?: string; readonly country?: string } | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly vatNumber: string | null;
};

/** An offer as its customer sees it. Of one that was replaced there is nothing but the head. */
export type PublicOffer = {
  readonly state: 'open' | 'accepted' | 'declined' | 'expired' | 'replaced';
  readonly language: string | null;
  readonly number: string | null;
  readonly company: Seller | null;
  readonly seller: string | null;
  readonly customer?: string | null;
  readonly subject?: string | null;
  readonly date?: string | null;
  readonly validUntil?: string | null;
  readonly currency?: string;
  readonly introduction?: string | null;
  readonly terms?: string | null;
  readonly lines?: readonly OfferedLine[];
  readonly netTotal?: string | null;
  readonly grossTotal?: string | null;
  readonly vat?:
    | readonly { readonly vatRate: string | null; readonly taxAmount: string; readonly vatExemptionReason?: string | null }[]
    | null;
  readonly acceptedBy?: string | null;
  readonly decidedAt?: string | null;
};

const pathOf = (token: string): string => `/api/offers/public/acceptance/${encodeURIComponent(token)}`;

/** The offer as it was issued, to be kept or printed. */
export function pdfPath(token: string): string {
  return `${pathOf(token)}/pdf`;
}

export function readOffer(token: string, signal: AbortSignal): Promise<PublicOffer> {
  return askFor(pathOf(token), { signal });
}

/** What the customer answers; the offer as it is then comes back. */
export type Answer = { readonly command: 'accept'; readonly acceptedBy: string } | { readonly command: 'decline'; readonly reason: string };

export function answerOffer(token: string, { command, ...body }: Answer): Promise<PublicOffer> {
  return askFor(`${pathOf(token)}/actions/${command}`, { method: 'POST', body });
}
