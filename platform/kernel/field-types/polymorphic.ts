import { isRecord } from '../is-record.ts';
import { ValueProblem, type FieldType, type JsonSchema } from './field-type.ts';

const ID = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/** A reference to a record of one of several objects: `{object, id}`; `"customer/<id>"`, the form of an event's subject, is taken too. */
export const polymorphic: FieldType = {
  name: 'polymorphic',
  label: { en: 'Reference, several objects', de: 'Verweis, mehrere Objekte' },
  description: {
    en: 'A link to a record of one of several objects.',
    de: 'Eine Verbindung zu einem Datensatz eines von mehreren Objekten.',
  },
  storage: 'json',
  operators: ['eq', 'ne', 'in', 'nin', 'isNull'],
  sortable: false,
  groupable: false,
  searchable: false,
  settings: {
    properties: { targets: { type: 'array', minItems: 1, maxItems: 20, uniqueItems: true, items: { type: 'string' } } },
    required: ['targets'],
  },
  jsonSchema: () => ({
    anyOf: [
      { type: 'string', pattern: `^[a-z][a-z0-9_]{0,40}/${ID}$` },
      {
        type: 'object',
        required: ['object', 'id'],
        additionalProperties: false,
        properties: { object: { type: 'string' }, id: { type: 'string', format: 'uuid' }, title: { type: ['string', 'null'] } },
      },
    ],
  }),
  answerSchema: (): JsonSchema => ({
    type: 'object',
    required: ['object', 'id'],
    properties: { object: { type: 'string' }, id: { type: 'string', format: 'uuid' } },
  }),
  normalize: (value, field) => {
    const [object, id] = isRecord(value) ? [value['object'], value['id']] : String(value).split('/');
    if (typeof object !== 'string' || typeof id !== 'string' || !new RegExp(`^${ID}$`).test(id))
      throw new ValueProblem('reference', 'is a reference such as {"object":"customer","id":"…"}');
    if (field.targets?.includes(object) !== true)
      throw new ValueProblem('target', `refers to ${(field.targets ?? []).join(', ')}, not to ${object.slice(0, 60)}`);
    return { object, id: id.toLowerCase() };
  },
  typescript: () => '{ readonly object: string; readonly id: string }',
  example: (field) => ({ object: field.targets?.[0] ?? 'customer', id: '01890a5d-ac96-774b-bcce-b302099a8057' }),
};
