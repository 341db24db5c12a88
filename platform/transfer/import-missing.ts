import { targetOf } from '#platform/data/names.ts';
import { saveRecord } from '#platform/data/save/save.ts';
import { withSavepoint } from '#platform/data/savepoint.ts';
import type { SaveOptions } from '#platform/data/save/change.ts';
import type { Transaction } from '#platform/data/database.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { germanOf } from '#platform/kernel/german-of.ts';
import { sentence } from '#platform/kernel/sentence.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { DigestSet } from './digest-set.ts';
import type { Reference, References } from './import-references.ts';

/** How many records of each object were made because rows named them. */
export type Made = { readonly [object: string]: number };

/** Who makes them, and where. */
export type Making = {
  readonly store: Store;
  readonly caller: Caller;
  readonly schema: SchemaIndex;
  readonly options: SaveOptions & { readonly transaction: Transaction };
};

/** One that was made: of which object, and what rows call it. */
export type MadeOne = { readonly object: string; readonly text: string };

/** The object whose records a field refers to, and the field that names them; null where an import cannot make any. */
export function makeable(
  schema: SchemaIndex,
  object: ObjectDefinition,
  field: FieldDefinition,
): { target: ObjectDefinition; title: string } | null {
  const side = field.type === 'lookup' ? targetOf(schema, field) : null;
  if (!side || side.isForeign || side.object.id === object.id || side.object.parent !== undefined) return null;
  const title = schema.fieldsOf(side.object).all.find(({ id, name }) => id === side.object.titleField || name === side.object.titleField);
  return title && title.type === 'text' && title.readOnly !== true ? { target: side.object, title: apiNameOf(title) } : null;
}

/** Makes the records that cells of these fields name and that are not there, each by its title alone. What is refused is told in the rows. */
export async function withMade(
  making: Making,
  object: ObjectDefinition,
  { fields, references }: { fields: readonly FieldDefinition[]; references: References },
): Promise<{ readonly references: References; readonly made: readonly MadeOne[] }> {
  const all = new Map(references);
  const made: MadeOne[] = [];
  // One that several fields name is made once.
  const done = new Map<string, Reference>();
  for (const field of fields) {
    const what = makeable(making.schema, object, field);
    const found = all.get(field.id);
    if (!what || !found) continue;
    const named = new Map(found);
    for (const [text, reference] of found) {
      if (!('problem' in reference) || reference.isMissing !== true) continue;
      const key = `${what.target.name} ${text}`;
      const before = done.get(key);
      const one = before ?? (await makeOne(making, what, text));
      done.set(key, one);
      named.set(text, one);
      if (!before && 'id' in one) made.push({ object: what.target.name, text });
    }
    all.set(field.id, named);
  }
  return { references: all, made };
}

/** How many of them each object has. `known`: in a dry run, whose batches the database forgets, what was made before and counts once. */
export function madeCount(made: readonly MadeOne[], known: DigestSet | null): Made {
  const counts: { [object: string]: number } = {};
  for (const { object, text } of made) {
    const key = `${object} ${text}`;
    if (known?.has(key) !== true) counts[object] = (counts[object] ?? 0) + 1;
    known?.add(key);
  }
  return counts;
}

async function makeOne(
  { store, caller, options }: Making,
  { target, title }: { target: ObjectDefinition; title: string },
  text: string,
): Promise<Reference> {
  const change = { operation: 'create', object: target, values: { [title]: text } } as const;
  try {
    const { id } = await withSavepoint(options.transaction, () => saveRecord(store, caller, change, options));
    return { id };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problem = sentence(
      (of) => `The ${of(target)} ${text.slice(0, 80)} cannot be made: ${error.message}`,
      (of) => `„${text.slice(0, 80)}“ lässt sich nicht anlegen (${of(target)}): ${germanOf(error)}`,
    );
    return { problem };
  }
}
