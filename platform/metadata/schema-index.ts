import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition, ModuleSchema, ObjectDefinition } from '#platform/kernel/model.ts';

/** The fields of one object, by every way they are named. Retired fields are in none of these. */
export type FieldIndex = {
  readonly all: readonly FieldDefinition[];
  readonly byId: ReadonlyMap<string, FieldDefinition>;
  /** By name and alias: `customer`. The current name wins over an alias. */
  readonly byName: ReadonlyMap<string, FieldDefinition>;
  /** By the key it is written and filtered with, aliases included: `customerId`. */
  readonly byApiName: ReadonlyMap<string, FieldDefinition>;
};

/** A module's schema, ready to look things up in. Immutable; a new metadata version makes a new one. */
export type SchemaIndex = {
  readonly schema: ModuleSchema;
  readonly module: string;
  readonly version: number;
  /** Own active objects. */
  readonly objects: readonly ObjectDefinition[];
  readonly byName: ReadonlyMap<string, ObjectDefinition>;
  readonly byCollection: ReadonlyMap<string, ObjectDefinition>;
  /** Objects of other services that own lookups name. */
  readonly foreign: ReadonlyMap<string, ObjectDefinition>;
  readonly fieldsOf: (object: ObjectDefinition) => FieldIndex;
};

/** The API key of a field: `customerId` for a lookup named `customer`, else its name. */
export function apiNameOf(field: FieldDefinition, name = field.name): string {
  return fieldType(field.type).apiName?.(name) ?? name;
}

/** The fields of an object by API name, of this module or of another one that lookups name. */
export function fieldsIn(index: SchemaIndex): (object: string) => ReadonlyMap<string, FieldDefinition> | null {
  return (name) => {
    const object = index.byName.get(name) ?? index.foreign.get(name);
    return object ? index.fieldsOf(object).byApiName : null;
  };
}

/** Builds the index of a schema. */
export function indexSchema(schema: ModuleSchema): SchemaIndex {
  const objects = schema.objects.filter((object) => object.state === 'active').map((object) => withParentAccess(schema, object));
  const indexes = new Map<ObjectDefinition, FieldIndex>();
  const fieldsOf = (object: ObjectDefinition): FieldIndex => {
    const known = indexes.get(object);
    if (known) return known;
    const made = indexFields(object);
    indexes.set(object, made);
    return made;
  };
  return Object.freeze({
    schema,
    module: schema.module,
    version: schema.version,
    objects,
    byName: new Map(objects.map((object) => [object.name, object])),
    byCollection: new Map(objects.map((object) => [object.collection, object])),
    foreign: new Map(schema.foreign.map((object) => [object.name, object])),
    fieldsOf,
  });
}

/** Children live inside their parent: without grants of their own they have its grants. */
function withParentAccess(schema: ModuleSchema, object: ObjectDefinition): ObjectDefinition {
  if (object.parent === undefined || Object.keys(object.access).length > 0) return object;
  const parent = schema.objects.find((candidate) => candidate.name === object.parent);
  return parent ? { ...object, access: withParentAccess(schema, parent).access } : object;
}

function indexFields(object: ObjectDefinition): FieldIndex {
  const all = object.fields.filter((field) => field.state !== 'retired');
  const byName = new Map<string, FieldDefinition>();
  const byApiName = new Map<string, FieldDefinition>();
  for (const field of all) for (const alias of field.aliases ?? []) name(field, alias);
  for (const field of all) name(field, field.name);
  return Object.freeze({ all, byId: new Map(all.map((field) => [field.id, field])), byName, byApiName });

  function name(field: FieldDefinition, as: string): void {
    byName.set(as, field);
    byApiName.set(apiNameOf(field, as), field);
  }
}
