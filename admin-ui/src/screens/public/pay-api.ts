import { askFor } from '#admin-ui/src/api/client.ts';
import type { Seller } from './offer-api.ts';

/** Where the money goes to by bank. */
type Payee = Seller & { readonly iban: string | null; readonly bic: string | null; readonly bankName: string | null };

/** How a payment that was begun here stands. */
export type BegunPayment = {
  readonly status: 'draft' | 'pending' | 'authorized' | 'captured' | 'partiallyRefunded' | 'refunded' | 'failed' | 'cancelled' | 'unknown';
  readonly amount: string;
  readonly checkoutUrl: string | null;
  readonly isSimulated: boolean;
};

/** An invoice as its customer sees what is to be paid of it; decimals are strings. */
export type PublicInvoice = {
  readonly state: 'open' | 'paid';
  readonly language: string | null;
  readonly number: string | null;
  readonly company: Payee | null;
  readonly customer: string | null;
  readonly currency: string;
  readonly date: string;
  readonly dueDate: string | null;
  readonly total: string;
  readonly outstanding: string;
  readonly toPay: { readonly amount: string; readonly discount: string; readonly discountUntil: string | null };
  readonly isPaidHere: boolean;
  readonly payment: BegunPayment | null;
};

/** What the customer does: begin to pay, or say how the simulated payment ends. */
export type Paying = { readonly command: 'pay' } | { readonly command: 'simulate'; readonly outcome: 'pay' | 'decline' | 'abandon' };

const pathOf = (token: string): string => `/api/payments/public/pay/${encodeURIComponent(token)}`;

export function readInvoice(token: string, signal: AbortSignal): Promise<PublicInvoice> {
  return askFor(pathOf(token), { signal });
}

/** Does it; the invoice as it is then comes back. */
export function payInvoice(token: string, { command, ...body }: Paying): Promise<PublicInvoice> {
  return askFor(`${pathOf(token)}/actions/${command}`, { method: 'POST', body });
}
