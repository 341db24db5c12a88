import { FIELD_TYPES } from '#platform/kernel/field-types/index.ts';
import { canCarryOver, isStoredAlike } from '#platform/metadata/retype.ts';
import { NO_QUERY, type CoreRoute } from './route.ts';

/** `/field-types`: what a field can be, in the order in which it is offered. */
export const FIELD_TYPE_ROUTES: readonly CoreRoute[] = [
  {
    method: 'GET',
    path: '/field-types',
    summary: 'What a field can be',
    query: NO_QUERY,
    answer: { type: 'object', properties: { items: { type: 'array', items: { type: 'object' } } } },
    handler: async () => ({ status: 200, body: { items: ITEMS } }),
  },
];

const ITEMS = FIELD_TYPES.map(({ name, label, description, operators, sortable, groupable, searchable, settings }) => ({
  name,
  label,
  description,
  operators,
  sortable,
  groupable,
  searchable,
  settings: settings?.properties ?? {},
  required: settings?.required ?? [],
  becomes: FIELD_TYPES.filter((other) => other.name !== name && (isStoredAlike(name, other.name) || canCarryOver(name, other.name))).map(
    (other) => other.name,
  ),
}));
