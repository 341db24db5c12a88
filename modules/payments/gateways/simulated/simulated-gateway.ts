import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { Begin } from '#platform/kernel/module.ts';
import type { Credentials } from '../credentials.ts';
import { GatewayRefusal, type Gateway, type Heard, type SignedRequest } from '../gateway.ts';
import { isSigned, sign } from '#platform/kernel/signature.ts';
import { openTwin, type Faults, type Twin } from './twin.ts';

/** The simulated gateway, and what it would send: webhooks, signed as it signs them. */
export type SimulatedGateway = Gateway & {
  readonly twin: Twin;
  /** The webhooks of what has happened since they were asked for last. */
  readonly webhooks: (account: Credentials, now: string) => Promise<readonly SignedRequest[]>;
};

/** The gateway of development: it behaves as Stripe and PayPal do, and moves no money. */
export type Simulated = {
  readonly at: (begin: Begin) => SimulatedGateway;
  /** The next call is carried out and not answered, or not even that. */
  readonly beSilent: (how: 'afterwards' | 'before') => void;
};

const HEADER = 'simulated-signature';

/** Opens it; what it knows is in the database in which it is asked. */
export function openSimulatedGateway(): Simulated {
  const faults: Faults = { silence: null };
  return Object.freeze({
    at: (begin: Begin) => gatewayOf(openTwin(begin, faults)),
    beSilent: (how: 'afterwards' | 'before') => void (faults.silence = how),
  });
}

function gatewayOf(twin: Twin): SimulatedGateway {
  const knownTo = ({ secretKey }: Credentials): Twin => {
    if (!secretKey.startsWith('sim_')) throw new GatewayRefusal('This key is none of the simulated gateway: it begins with sim_.');
    return twin;
  };
  return Object.freeze({
    twin,
    create: async (account, order) => knownTo(account).create(order),
    capture: async (account, { reference, amount }) => knownTo(account).capture(reference, amount),
    cancel: async (account, { reference }) => knownTo(account).cancel(reference),
    refund: async (account, { reference, ...refund }) => knownTo(account).refund(reference, refund),
    fetchTruth: async (account, payment) => knownTo(account).find(payment),
    fetchPayout: async (account, reference) => knownTo(account).findPayout(reference),
    verifyWebhook: async ({ webhookSecrets }, { headers, body }, now) =>
      (await isSigned(webhookSecrets, { body, signature: headers[HEADER] ?? '' }, now)) ? heardIn(body) : null,
    webhooks: async ({ webhookSecrets }, now) =>
      Promise.all(
        (await twin.happened()).map(async ({ id, kind, reference }) => {
          const body = new TextEncoder().encode(JSON.stringify({ id, type: `${kind}.changed`, reference }));
          return { body, headers: { [HEADER]: await sign(webhookSecrets[0] ?? '', body, Math.floor(Date.parse(now) / 1000)) } };
        }),
      ),
  } satisfies SimulatedGateway);
}

function heardIn(body: Uint8Array): Heard | null {
  let said: unknown = null;
  try {
    said = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
  if (!isRecord(said) || typeof said['id'] !== 'string' || typeof said['reference'] !== 'string') return null;
  return { eventId: said['id'], kind: plainText(said['type']) === 'payout.changed' ? 'payout' : 'payment', reference: said['reference'] };
}
