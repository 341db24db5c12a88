import { defineEvent, type EventDefinition } from '#platform/kernel/module.ts';

/** That administrators gave documents another template, or went back to the shipped one. */
export type TemplateChanged = { readonly object: string; readonly language: string; readonly version: number; readonly isReset: boolean };

/** The event of a service that has documents. */
export function templateChanged(module: string): EventDefinition<TemplateChanged> {
  return defineEvent(module, 'DocumentTemplateChanged', {
    type: 'object',
    properties: { object: { type: 'string' }, language: { type: 'string' }, version: { type: 'integer' }, isReset: { type: 'boolean' } },
    required: ['object', 'language', 'version', 'isReset'],
    additionalProperties: false,
  });
}
