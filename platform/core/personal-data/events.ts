import { defineEvent } from '#platform/kernel/module.ts';

/** Everything that is known of a person was handed out, to whom the event was caused by. It names the record alone: what is erased later is not kept here. */
export const personalDataExported = defineEvent<{ object: string; id: string; format: string }>('platform', 'PersonalDataExported', {
  type: 'object',
  properties: { object: { type: 'string' }, id: { type: 'string', format: 'uuid' }, format: { type: 'string', enum: ['json', 'html'] } },
  required: ['object', 'id', 'format'],
  additionalProperties: false,
});
