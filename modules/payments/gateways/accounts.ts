import type { GatewayAccount, GatewaySecret } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Begin, Work } from '#platform/kernel/module.ts';
import type { Credentials, Vault } from './credentials.ts';
import { GatewayRefusal, GatewaySilence, type Gateway, type Told } from './gateway.ts';

/** The gateways there are, by the provider of an account, as somebody asks them who may keep what they need; and what opens the accounts' keys. */
export type Gateways = { readonly providers: Readonly<Record<string, (begin: Begin) => Gateway>>; readonly vault: Vault };

/** A gateway as one account of ours uses it. */
export type Opened = { readonly account: GatewayAccount; readonly gateway: Gateway; readonly credentials: Credentials };

/** Opens an account for calls: read in a transaction of its own, which is over before anybody outside is asked. */
export async function openAccount(begin: Begin, { providers, vault }: Gateways, accountId: string): Promise<Opened> {
  const { account, sealed } = await begin(async (work) => {
    const found = await work.get<GatewayAccount>('gateway_account', accountId);
    return { account: found, sealed: found ? await sealedOf(work, found) : null };
  });
  const gateway = account && providers[account.provider]?.(begin);
  if (!account || !gateway)
    throw new Refusal('wrong_state', {
      en: 'There is no gateway of this account’s provider here.',
      de: 'Ein Gateway vom Anbieter dieses Kontos gibt es hier nicht.',
    });
  return { account, gateway, credentials: await vault.open(sealed) };
}

/** The newest sealed keys of an account; null before any were set. */
export async function sealedOf(work: Work, { id }: Pick<GatewayAccount, 'id'>): Promise<string | null> {
  const [newest] = await work.query<GatewaySecret>('gateway_secret', { filter: { gatewayAccountId: id }, sort: '-createdAt', limit: 1 });
  return newest?.sealed ?? null;
}

/** What came of a call: the truth as the gateway told it, its refusal, or that nobody knows. */
export type Answered =
  | { readonly kind: 'told'; readonly told: Told }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Makes a call and says what came of it. Whatever goes wrong that is no refusal leaves it unknown: then it is asked again, with the same key. */
export async function answeredBy(call: Promise<Told>): Promise<Answered> {
  try {
    return { kind: 'told', told: await call };
  } catch (error) {
    if (error instanceof GatewayRefusal) return { kind: 'refused', reason: error.message };
    if (error instanceof GatewaySilence) return { kind: 'unknown', reason: error.message };
    throw error;
  }
}
