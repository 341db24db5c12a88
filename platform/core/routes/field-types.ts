import { FIELD_TYPES } from '#platform/kernel/field-types/index.ts';
import type { CoreRoute } from './route.ts';

/** `/field-types`: what a field can be, in the order in which it is offered. */
export const fieldTypeRoutes: readonly CoreRoute[] = [
  {
    method: 'GET',
    path: '/field-types',
    access: 'session',
    handle: async () => ({ status: 200, body: { items: ITEMS } }),
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
}));
