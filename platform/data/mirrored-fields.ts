import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { furtherTargets } from '#platform/metadata/module-schema.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';

/** Columns that every mirror table has of its own, beside `data`. */
export const MIRROR_COLUMNS: readonly string[] = ['id', 'version', 'owner_id', 'team_id', 'company_id'];

/**
 * What this service's mirror keeps of a foreign object: its id, its title field, and the fields that any lookup of this
 * module names in `mirror` (by id or name; `customerGroups.parent` of what that leads to) or a related value reads. The writer of mirrors and the reader of them both ask here.
 */
export const mirroredFields = perObject(collect);

function collect(schema: SchemaIndex, foreign: ObjectDefinition): readonly FieldDefinition[] {
  const fields = schema.fieldsOf(foreign);
  const all = schema.objects.flatMap((object) => schema.fieldsOf(object).all);
  const lookups = all.filter((field) => field.target === foreign.name);
  const lookupNames = new Set(lookups.map((field) => field.name));
  const read = all.flatMap((field) => (lookupNames.has(field.path?.split('.')[0] ?? '') ? [field.path?.split('.')[1] ?? ''] : []));
  const known = [...schema.objects, ...schema.foreign.values()];
  const further = all
    .flatMap((field) => furtherTargets(field, known))
    .flatMap(({ target, field }) => (target === foreign.name ? [field] : []));
  const wanted = new Set(['id', foreign.titleField, ...lookups.flatMap((field) => field.mirror ?? []), ...read, ...further]);
  // A lookup keeps the name that it was told; the field answers to it under its next name too.
  const isWanted = (field: FieldDefinition): boolean => [field.name, field.id, ...(field.aliases ?? [])].some((name) => wanted.has(name));
  return fields.all.filter((field) => fieldType(field.type).storage !== 'none' && (isWanted(field) || field.column === 'id'));
}
