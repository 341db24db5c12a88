import type { GatewayAccount } from '#metadata/records.gen.ts';
import { defineCommand, type Command } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { sealedOf, type Gateways } from '../gateways/accounts.ts';
import { WEBHOOK_SECRETS_MAX, type Credentials } from '../gateways/credentials.ts';

/** Takes the keys of an account, sealed; nobody reads them again. The webhook secret before stays good beside the new one. */
export const setKeys = ({ vault }: Gateways): Command =>
  defineCommand<GatewayAccount, { secretKey: string; webhookSecret: string }>({
    object: 'gateway_account',
    name: 'setKeys',
    run: async (work, account, { secretKey, webhookSecret }) => {
      const before: Credentials | null = await vault.open(await sealedOf(work, account)).catch(() => null);
      const webhookSecrets = [...new Set([webhookSecret, ...(before?.webhookSecrets ?? [])])].slice(0, WEBHOOK_SECRETS_MAX);
      const sealed = await vault.seal({ secretKey, webhookSecrets });
      await work.create('gateway_secret', uuidV7(), { gatewayAccountId: account.id, sealed });
      return { values: { keyEnding: `…${secretKey.slice(-4)}`, keysSetAt: work.now } };
    },
  });
