import { isRecord } from '../is-record.ts';
import type { FieldDefinition } from '../model.ts';
import { ValueProblem, type FieldType, type JsonSchema } from './field-type.ts';

/** A file as a record has it. What it is called, its type and its size are the platform's to say, whatever a request claims. */
export type FileValue = { readonly id: string; readonly name: string; readonly type: string; readonly size: number };

const ID: JsonSchema = { type: 'string', format: 'uuid' };
const REQUEST: JsonSchema = {
  anyOf: [
    ID,
    {
      type: 'object',
      required: ['id'],
      additionalProperties: false,
      properties: { id: ID, name: { type: 'string' }, type: { type: 'string' }, size: { type: 'integer' } },
    },
  ],
};
const ANSWER: JsonSchema = {
  type: 'object',
  required: ['id', 'name', 'type', 'size'],
  properties: { id: ID, name: { type: 'string' }, type: { type: 'string' }, size: { type: 'integer' } },
};

/** One uploaded file: written as its id or `{id}`, read as `{id, name, type, size}`. It is uploaded before the record is saved. */
export const file: FieldType = {
  name: 'file',
  label: { en: 'File', de: 'Datei' },
  description: { en: 'One uploaded file, such as a contract.', de: 'Eine hochgeladene Datei, etwa ein Vertrag.' },
  storage: 'json',
  operators: ['isNull'],
  sortable: false,
  groupable: false,
  searchable: false,
  settings: {
    properties: {
      accept: { type: 'array', maxItems: 30, items: { type: 'string', pattern: '^[a-z]+/([a-z0-9.+-]+|\\*)$', maxLength: 100 } },
      megabytesMax: { type: 'number', exclusiveMinimum: 0, maximum: 25 },
    },
  },
  jsonSchema: () => REQUEST,
  answerSchema: () => ANSWER,
  normalize: (value) => ({ id: String(isRecord(value) ? value['id'] : value).toLowerCase() }),
  typescript: () => '{ readonly id: string; readonly name: string; readonly type: string; readonly size: number }',
  example: () => ({ id: '01890a5d-ac96-774b-bcce-b302099a8057', name: 'contract.pdf', type: 'application/pdf', size: 48213 }),
};

/** Whether fields of the type hold files. */
export function holdsFiles(field: Pick<FieldDefinition, 'type'>): boolean {
  return field.type === 'file' || field.type === 'image';
}

/** Refuses a stored file that the field does not take: its type or its size. Throws ValueProblem. */
export function refuseFile(field: FieldDefinition, stored: FileValue): void {
  const accepted = field.accept ?? (field.type === 'image' ? ['image/*'] : []);
  const fits = (pattern: string) => (pattern.endsWith('/*') ? stored.type.startsWith(pattern.slice(0, -1)) : stored.type === pattern);
  if (accepted.length > 0 && !accepted.some(fits))
    throw new ValueProblem('accept', `takes ${accepted.join(', ')}, and ${stored.name} is ${stored.type}`);
  if (field.type === 'image' && stored.type === 'image/svg+xml')
    throw new ValueProblem('accept', `takes pictures made of pixels, and ${stored.name} is a drawing that may hold scripts`);
  if (field.megabytesMax !== undefined && stored.size > field.megabytesMax * 1024 * 1024)
    throw new ValueProblem('size', `takes at most ${field.megabytesMax} MB, and ${stored.name} is larger`);
}
