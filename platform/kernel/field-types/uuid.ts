import { EQUALITY, type FieldType } from './field-type.ts';

/** A universally unique identifier (RFC 9562), in lower case. */
export const uuid: FieldType = {
  name: 'uuid',
  label: { en: 'Unique id', de: 'Eindeutige Kennung' },
  description: { en: 'A UUID from another system.', de: 'Eine UUID aus einem anderen System.' },
  storage: 'uuid',
  operators: EQUALITY,
  sortable: true,
  groupable: true,
  searchable: false,
  jsonSchema: () => ({ type: 'string', format: 'uuid' }),
  normalize: (value) => String(value).toLowerCase(),
  typescript: () => 'string',
  example: () => '01890a5d-ac96-774b-bcce-b302099a8057',
};
