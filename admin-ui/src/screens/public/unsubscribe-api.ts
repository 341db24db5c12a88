import { askFor } from '#admin-ui/src/api/client.ts';
import type { Seller } from './offer-api.ts';

/** Whether an address gets letters: `closed` is one that was taken off by those who write them. */
export type PublicSubscription = {
  readonly state: 'on' | 'off' | 'closed';
  readonly language: string | null;
  readonly address: string;
  readonly company: Seller | null;
};

const pathOf = (token: string): string => `/api/notifications/public/unsubscribe/${encodeURIComponent(token)}`;

export function readSubscription(token: string, signal: AbortSignal): Promise<PublicSubscription> {
  return askFor(pathOf(token), { signal });
}

/** Takes the address off or puts it on again; how it stands then comes back. */
export function changeSubscription(token: string, command: 'unsubscribe' | 'resubscribe'): Promise<PublicSubscription> {
  return askFor(`${pathOf(token)}/actions/${command}`, { method: 'POST', body: {} });
}
