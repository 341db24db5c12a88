import { defineEvent } from '#platform/kernel/module.ts';

const TEXT = { type: 'string' } as const;

/** Events were stored: one for each batch. `hash` is the end of the chain, at the position `last`. */
export const eventStored = defineEvent<{ readonly first: string; readonly last: string; readonly count: number; readonly hash: string }>(
  'audit',
  'EventStored',
  {
    type: 'object',
    properties: { first: TEXT, last: TEXT, count: { type: 'integer', minimum: 1 }, hash: { type: 'string', pattern: '^[0-9a-f]{64}$' } },
    required: ['first', 'last', 'count', 'hash'],
    additionalProperties: false,
  },
);
