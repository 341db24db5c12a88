import type { FieldDefinition, Json, Label } from '../model.ts';

/** The closed list of ways a value is stored; data/ maps each to one PostgreSQL column type. `none`: no column (children, related values). */
export type StorageKind =
  | 'text'
  | 'integer'
  | 'bigint'
  | 'numeric'
  | 'boolean'
  | 'date'
  | 'time'
  | 'interval'
  | 'timestamp'
  | 'uuid'
  | 'json'
  | 'textArray'
  | 'uuidArray'
  | 'none';

/** Every filter operator of the record API. */
export type Operator =
  | 'eq'
  | 'ne'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'in'
  | 'nin'
  | 'between'
  | 'contains'
  | 'startsWith'
  | 'endsWith'
  | 'isNull'
  | 'anyOf'
  | 'allOf'
  | 'noneOf'
  | 'near'
  | 'within'
  | 'under'
  | 'some'
  | 'none';

export const EQUALITY: readonly Operator[] = ['eq', 'ne', 'in', 'nin', 'isNull'];
export const ORDER: readonly Operator[] = [...EQUALITY, 'gt', 'gte', 'lt', 'lte', 'between'];
export const TEXT: readonly Operator[] = [...ORDER, 'contains', 'startsWith', 'endsWith'];
export const SETS: readonly Operator[] = ['anyOf', 'allOf', 'noneOf', 'isNull'];

/** A JSON Schema (draft 2020-12), as plain data. */
export type JsonSchema = { readonly [key: string]: Json };

/**
 * A value that passed its schema and still is not acceptable: the sentence for the person who typed it. `example` is how such a value could
 * be, where that depends on the value; the rule's words in other languages take it as their limit.
 */
export class ValueProblem extends Error {
  readonly rule: string;
  readonly example: string | undefined;
  constructor(rule: string, message: string, example?: string) {
    super(message);
    this.name = 'ValueProblem';
    this.rule = rule;
    this.example = example;
  }
}

/**
 * A field type: everything the server knows of it, in one file. Its mirror is one file in admin-ui/src/fields/.
 * Values are never null here: null is handled once, for all types.
 */
export type FieldType = {
  readonly name: string;
  readonly label: Label;
  /** One sentence for the card on which an administrator chooses it. */
  readonly description: Label;
  readonly storage: StorageKind;
  /** Its text is HTML: searched without its tags, and no other type may become it unseen. */
  readonly isMarkup?: boolean;
  readonly operators: readonly Operator[];
  readonly sortable: boolean;
  readonly groupable: boolean;
  /** May be part of `q`. */
  readonly searchable: boolean;
  /** Schema of a value in requests. */
  readonly jsonSchema: (field: FieldDefinition) => JsonSchema;
  /** Schema of a value in answers, when it differs from requests. */
  readonly answerSchema?: (field: FieldDefinition) => JsonSchema;
  /** The canonical form of a value that passed the schema (trimmed, rounded HALF_UP, E.164 …); null when nothing is left of it; throws ValueProblem. */
  readonly normalize?: (value: unknown, field: FieldDefinition) => unknown;
  /** Settings of a definition beyond the common ones, as JSON Schema properties; and which of them it cannot do without. */
  readonly settings?: {
    readonly properties: { readonly [name: string]: JsonSchema };
    readonly required?: readonly string[];
  };
  /** The key under which it is written and filtered; default: its name. A lookup `customer` is `customerId`. */
  readonly apiName?: (name: string) => string;
  /** Its TypeScript type in generated record types. */
  readonly typescript: (field: FieldDefinition) => string;
  /** A plausible value for documentation and previews. */
  readonly example: (field: FieldDefinition) => Json;
};
