import type { Credentials } from './credentials.ts';

/** What is to be paid. `key` is the payment's id: asked twice with the same key, a gateway answers the one payment that there is. */
export type Order = {
  readonly key: string;
  readonly amount: string;
  readonly currency: string;
  readonly description: string;
  /** Whether the money is only held until it is captured. */
  readonly isHeld: boolean;
  /** Where the payer goes when they are done. */
  readonly returnUrl: string;
};

/** How a gateway says a payment stands. */
export type GatewayStatus = 'pending' | 'authorized' | 'captured' | 'failed' | 'cancelled';

/** A refund at the gateway; `key` is our refund's id, null where somebody made it there. */
export type ToldRefund = {
  readonly reference: string;
  readonly key: string | null;
  readonly amount: string;
  readonly status: 'pending' | 'processed' | 'failed';
  readonly reason: string | null;
};

/** A payer's bank that takes a payment back. */
export type ToldDispute = {
  readonly reference: string;
  readonly amount: string;
  readonly fee: string;
  readonly status: 'open' | 'won' | 'lost';
  readonly reason: string | null;
};

/** The truth about a payment as its gateway tells it: all of it, so that nothing hangs on the order in which it was heard. */
export type Told = {
  readonly reference: string;
  readonly key: string;
  readonly status: GatewayStatus;
  readonly amount: string;
  readonly currency: string;
  readonly captured: string;
  readonly fee: string;
  readonly reason: string | null;
  /** Where the payer pays. */
  readonly checkoutUrl: string | null;
  readonly refunds: readonly ToldRefund[];
  readonly disputes: readonly ToldDispute[];
};

/** A line of a payout: what of which payment, refund or dispute it is, negative where it was taken off. */
export type ToldPayoutLine = {
  readonly reference: string;
  readonly kind: 'payment' | 'refund' | 'chargeback' | 'adjustment';
  readonly paymentReference: string | null;
  readonly gross: string;
  readonly fee: string;
};

/** Money on its way from a gateway to the bank. */
export type ToldPayout = {
  readonly reference: string;
  readonly date: string;
  readonly currency: string;
  readonly net: string;
  readonly lines: readonly ToldPayoutLine[];
};

/** What a genuine webhook says: that something happened, and to what. What it is now is asked. */
export type Heard = { readonly eventId: string; readonly kind: 'payment' | 'payout'; readonly reference: string };

/** A request as it came: its bytes, over which it is signed. */
export type SignedRequest = { readonly headers: { readonly [name: string]: string }; readonly body: Uint8Array };

/**
 * A provider of payments: Stripe, PayPal, or the simulated one. Whatever is asked with a key is done once, however often it is asked. Throws
 * GatewayRefusal where it said no, GatewaySilence where it is not known what it did.
 */
export type Gateway = {
  readonly create: (account: Credentials, order: Order) => Promise<Told>;
  readonly capture: (
    account: Credentials,
    payment: { readonly reference: string; readonly amount: string; readonly key: string },
  ) => Promise<Told>;
  readonly cancel: (account: Credentials, payment: { readonly reference: string; readonly key: string }) => Promise<Told>;
  readonly refund: (
    account: Credentials,
    refund: { readonly reference: string; readonly amount: string; readonly key: string; readonly reason: string },
  ) => Promise<Told>;
  /** Null for what was not signed by the gateway, or too long ago. */
  readonly verifyWebhook: (account: Credentials, request: SignedRequest, now: string) => Promise<Heard | null>;
  /** By its reference, or by the key under which it was asked for; null where the gateway knows of none. */
  readonly fetchTruth: (account: Credentials, payment: { readonly reference: string | null; readonly key: string }) => Promise<Told | null>;
  readonly fetchPayout: (account: Credentials, reference: string) => Promise<ToldPayout | null>;
};

/** A gateway said no, and nothing has happened there. */
export class GatewayRefusal extends Error {}

/** A gateway did not answer: what was asked may have been done or not. */
export class GatewaySilence extends Error {}
