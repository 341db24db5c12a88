import { answer, itemsOf, plural, reading, type Describe } from './record-parts.ts';
import { json, problems, TEXT, UUID, type Part } from './shared.ts';

const ASKED: Part = {
  type: 'object',
  properties: {
    id: { ...UUID, description: 'A record that is there.' },
    values: { type: 'object', description: 'Values of one that is not there yet, or that are typed over it.' },
  },
};

const FOUND: Part = {
  type: 'object',
  properties: {
    id: UUID,
    title: { type: ['string', 'null'] },
    reasons: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: TEXT, value: TEXT, alike: { type: 'number', description: '1 where it is the same.' } },
      },
    },
  },
};

/** Finding doubles, of objects whose records can be merged. */
export const describeDuplicates: Describe = (seen) =>
  seen.object.commands.some((command) => command.merges !== undefined)
    ? reading(seen, {
        summary: `Find ${plural(seen)} that may be the same as one that is typed or there`,
        requestBody: { required: true, content: json(ASKED) },
        responses: { '200': answer('The likeliest first, each with the reasons', itemsOf(FOUND)), ...problems(400, 404) },
      })
    : null;
