import { defineEvent, type EventDefinition } from '#platform/kernel/module.ts';

/** That an administrator let a series of numbers go on from another one. `last` is what was drawn last, 0 where nothing was. */
export type NumberSeriesChanged = {
  readonly object: string;
  readonly field: string;
  readonly companyId: string | null;
  readonly year: number | null;
  readonly last: number;
  readonly next: number;
};

/** The event of every service, whose records may have numbers. */
export function numberSeriesChanged(module: string): EventDefinition<NumberSeriesChanged> {
  return defineEvent(module, 'NumberSeriesChanged', {
    type: 'object',
    properties: {
      object: { type: 'string' },
      field: { type: 'string' },
      companyId: { type: ['string', 'null'], format: 'uuid' },
      year: { type: ['integer', 'null'] },
      last: { type: 'integer', minimum: 0 },
      next: { type: 'integer', minimum: 1 },
    },
    required: ['object', 'field', 'companyId', 'year', 'last', 'next'],
    additionalProperties: false,
  });
}
