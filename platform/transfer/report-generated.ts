import { defineEvent, type EventDefinition } from '#platform/kernel/module.ts';

/** Somebody took a report out of the platform: which one, in which format, and what was asked. Every module that has reports tells it. */
export function reportGenerated(module: string): EventDefinition<{ report: string; format: string; asked: { [field: string]: string } }> {
  return defineEvent(module, 'ReportGenerated', {
    type: 'object',
    properties: {
      report: { type: 'string' },
      format: { type: 'string' },
      asked: { type: 'object', additionalProperties: { type: 'string' } },
    },
    required: ['report', 'format', 'asked'],
    additionalProperties: false,
  });
}
