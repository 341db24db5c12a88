import { refuseWrong } from '#platform/data/save/checked-values.ts';
import type { Query } from '#platform/data/save/load.ts';
import { idsByKeys } from '#platform/data/save/upsert.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import type { ImportRow } from './import-input.ts';
import { valuesOf, type Reading } from './import-row.ts';

/** Rows of a batch of which at least one was refused. */
export type Sifted = { readonly plain: readonly ImportRow[]; readonly doubtful: readonly ImportRow[] };

type Sifting = Reading & { readonly store: Store; readonly caller: Caller; readonly query: Query };

type Looked = { readonly row: ImportRow; readonly values: RecordValues | null };

/**
 * Which rows will most likely be refused: those with wrong values, and those with a unique value that is there already or stood in
 * a row before. It is only a guess: what becomes of a row is decided by the writer.
 */
export async function sifted(at: Sifting, rows: readonly ImportRow[]): Promise<Sifted> {
  const looked = rows.map((row): Looked => ({ row, values: checked(at, row) }));
  const doubtful = new Set(looked.filter(({ values }) => values === null).map(({ row }) => row));
  for (const field of at.schema.fieldsOf(at.object).all.filter((one) => one.unique === true && one.state === 'active'))
    for (const row of await repeated(at, field, looked)) doubtful.add(row);
  return { plain: rows.filter((row) => !doubtful.has(row)), doubtful: rows.filter((row) => doubtful.has(row)) };
}

function checked(at: Sifting, { cells }: ImportRow): RecordValues | null {
  const { store, caller, object, input } = at;
  try {
    const { [input.by ?? '']: key, ...rest } = valuesOf(at, cells);
    if (input.by === null) return refuseWrong(store, caller, { object, values: rest, operation: 'create' });
    return { ...refuseWrong(store, caller, { object, values: rest, operation: 'update' }), [input.by]: key };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** The rows whose value of a unique field is there already, or in a row before them. Of what rows are matched by, only the latter matters. */
async function repeated(at: Sifting, field: FieldDefinition, looked: readonly Looked[]): Promise<readonly ImportRow[]> {
  const name = apiNameOf(field);
  const given = looked.flatMap(({ row, values }) => {
    const value = values?.[name] ?? null;
    return value === null ? [] : [{ row, value: plainText(value) }];
  });
  const firsts = new Map(given.toReversed().map(({ row, value }) => [value, row]));
  const again = given.filter(({ row, value }) => firsts.get(value) !== row);
  if (name === at.input.by || given.length === 0) return again.map(({ row }) => row);
  const ids = await idsByKeys(at.query, at.object, { field, keys: given.map(({ value }) => value) });
  return [...again, ...given.filter((_, position) => ids[position] !== null)].map(({ row }) => row);
}
