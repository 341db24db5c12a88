import { Refusal } from '#platform/kernel/errors.ts';
import type { FieldDefinition, Label, ObjectDefinition } from '#platform/kernel/model.ts';
import { permissionsOf } from '#platform/kernel/permissions.ts';
import { sentence, withArticle } from '#platform/kernel/sentence.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { identifier } from '../identifier.ts';
import { tableOf } from '../read/table.ts';
import type { Query } from './load.ts';
import { refersTo } from './referring.ts';
import type { Saving } from './saving.ts';

/** That a record is used, and by what, as far as the one who asks may know. Rows are told as the record that they stand in. */
export type Use = {
  readonly id: string;
  readonly by?: { readonly object: string; readonly id: string; readonly label: Label; readonly field: Label };
};

/** What is asked of a service: which records of another one's object its living records refer to. `roles` are those of who wants to know. */
export type UseQuestion = { readonly object: string; readonly ids: readonly string[]; readonly roles: readonly string[] };

/** The most records that are asked about at once. */
export const USES_MAX = 1000;

/** One use of each of these records that is used here. */
export async function usesHere(query: Query, index: SchemaIndex, { object: name, ids, roles }: UseQuestion): Promise<readonly Use[]> {
  const target = index.foreign.get(name);
  if (!target) return [];
  const permissions = permissionsOf(roles);
  const uses = new Map<string, Use>();
  for (const object of index.objects.filter(({ state }) => state === 'active')) {
    const owner = object.parent === undefined ? object : index.byName.get(object.parent);
    for (const field of index.fieldsOf(object).all) {
      if (!owner || refersTo(field, { object: target, id: '' }) === null) continue;
      const open = ids.filter((id) => !uses.has(id));
      const mayKnow = permissions.on(owner).read && permissions.on(object).mayRead(field);
      for (const [id, by] of await usersOf(query, { object, field, target, ids: open }))
        uses.set(id, mayKnow ? { id, by: { object: owner.name, id: by, label: owner.label, field: field.label } } : { id });
    }
  }
  return [...uses.values()];
}

type Asked = {
  readonly object: ObjectDefinition;
  readonly field: FieldDefinition;
  readonly target: ObjectDefinition;
  readonly ids: readonly string[];
};

/** Of each id a record that refers to it by this field. */
async function usersOf(query: Query, { object, field, target, ids }: Asked): Promise<readonly (readonly [string, string])[]> {
  if (ids.length === 0) return [];
  const user = object.parent === undefined ? 'id' : 'parent_id';
  const living = object.parent === undefined ? 'and deleted_at is null' : '';
  if (field.type === 'lookup') {
    const column = identifier(field.column);
    const text = `select distinct on (${column}) ${column}, ${user} from ${tableOf(object)} where ${column} = any($1::uuid[]) ${living}`;
    return (await query({ text, values: [ids] })).map(([id, by]) => [id ?? '', by ?? ''] as const);
  }
  const found: (readonly [string, string])[] = [];
  for (const id of ids) {
    const condition = refersTo(field, { object: target, id });
    if (!condition) continue;
    const text = `select ${user} from ${tableOf(object)} where ${condition.sql('$1')} ${living} limit 1`;
    const [row] = await query({ text, values: [condition.value] });
    if (row?.[0]) found.push([id, row[0]]);
  }
  return found;
}

/** Refuses to remove what records of other services refer to. Call it before the transaction begins. One that does not answer may use it. */
export async function refuseUsedElsewhere(saving: Saving, kept: ObjectDefinition, id: string): Promise<void> {
  const { roles } = saving.caller;
  const [use] = await saving.store.usedElsewhere({ object: kept.name, ids: [id], roles });
  if (use) throw inUse(kept, use.by);
}

/** The refusal to remove what is used, naming the user if the caller may know of it. */
export function inUse(kept: { readonly label: Label }, by: Use['by']): Refusal {
  const said = sentence(
    (of) =>
      `This ${of(kept)} is used by ${by ? `${withArticle(by.label.en)} (${by.field.en})` : 'another record'} and cannot be deleted. Change or delete that first.`,
    (of) =>
      `${of(kept)}: wird noch gebraucht von ${by ? `${by.label.de ?? by.label.en} (${by.field.de ?? by.field.en})` : 'einem anderen Datensatz'} und kann nicht gelöscht werden. Ändern oder löschen Sie das zuerst.`,
  );
  return new Refusal('in_use', said, by ? { other: { object: by.object, id: by.id } } : {});
}
