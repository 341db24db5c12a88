import { defineEvent, type EventDefinition } from '#platform/kernel/module.ts';

/** Somebody took records out of the platform: of which object, in which format, and by which query. Every module tells it. */
export function recordsExported(module: string): EventDefinition<{ object: string; format: string; query: string }> {
  return defineEvent(module, 'RecordsExported', {
    type: 'object',
    properties: { object: { type: 'string' }, format: { type: 'string' }, query: { type: 'string' } },
    required: ['object', 'format', 'query'],
    additionalProperties: false,
  });
}
