import { beginAs } from '#platform/data/commands/module-job.ts';
import type { Store } from '#platform/data/store.ts';
import type { PublicRoute } from '#platform/kernel/route.ts';
import { countAttempt, rateLimit } from './rate-limit.ts';

/** Calls a minute from one address: a provider sends many when it makes up for something. */
const byAddress = rateLimit('webhook', 600);

/** Where the world outside tells a module what has happened there: the bytes as they come go to the module, which knows who signs them. */
export function webhookRoutes(store: Store): readonly PublicRoute[] {
  const { webhook } = store.module;
  if (!webhook) return [];
  return [
    {
      method: 'POST',
      path: '/webhooks/:name',
      summary: 'Tell what has happened at a provider',
      isRaw: true,
      handler: async ({ address, params, headers, bytes }) => {
        await countAttempt([[byAddress, address]]);
        await webhook(beginAs(store), { name: params['name'] ?? '', headers, body: bytes });
        return { status: 204 };
      },
    },
  ];
}
