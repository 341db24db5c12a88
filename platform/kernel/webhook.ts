import type { Begin } from './module.ts';

/** What somebody outside sends unasked: `name` is the end of the address, `body` the bytes as they came, for their signature. */
export type WebhookRequest = {
  readonly name: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
};

/** Hears what is sent to `/api/{module}/webhooks/{name}`. It comes without credentials: whether it is genuine is this code's to find out. */
export type Webhook = (begin: Begin, request: WebhookRequest) => Promise<void>;
