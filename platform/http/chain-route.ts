import { slowRead } from '#platform/data/slow-read.ts';
import type { Store } from '#platform/data/store.ts';
import { verifyChain } from '#platform/data/verify-chain.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Route } from '#platform/kernel/route.ts';

/** `GET /chains/{object}?after=`: whether the chain of an object's records is whole, a few thousand at a time. For those who may read them. */
export function chainRoute({ database, schema }: Pick<Store, 'database' | 'schema'>): Route {
  return {
    method: 'GET',
    path: '/chains/:object',
    summary: 'Whether a chain of records is whole',
    query: { after: { type: 'integer', minimum: 0, default: 0, description: 'Behind which place to begin, as `next` said.' } },
    answer: {
      type: 'object',
      properties: {
        length: { type: 'integer', description: 'How many records the chain has.' },
        verified: { type: 'integer', description: 'Up to which place it is whole.' },
        next: { type: ['integer', 'null'], description: 'Where to go on; null at the end, and where something is wrong.' },
        fault: {
          type: ['object', 'null'],
          properties: {
            reason: { enum: ['altered', 'unlinked', 'missing', 'cutOff', 'unchained'] },
            position: { type: ['integer', 'null'] },
            id: { type: ['string', 'null'] },
            title: { type: ['string', 'null'] },
          },
        },
      },
    },
    handler: async ({ caller, params, query }) => {
      const object = schema().byName.get(params['object'] ?? '');
      if (!object?.chained || !caller.permissions.on(object).read) throw new Refusal('not_found', 'There is no such chain.');
      const after = Number(query['after'] ?? 0);
      if (!Number.isSafeInteger(after) || after < 0) throw new Refusal('malformed_request', 'after is a whole number from 0.');
      return { status: 200, body: await slowRead(database, (reader) => verifyChain(reader, object, after)) };
    },
  };
}
