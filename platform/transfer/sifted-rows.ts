import { refuseWrong } from '#platform/data/save/checked-values.ts';
import type { Query } from '#platform/data/save/load.ts';
import { comparable } from '#platform/data/read/values.ts';
import { idsByKeys } from '#platform/data/save/upsert.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import type { TableRow } from './csv-file.ts';
import { valuesOf, type Reading } from './import-row.ts';

/** Rows of a batch of which at least one was refused. */
export type Sifted = { readonly plain: readonly TableRow[]; readonly doubtful: readonly TableRow[] };

type Sifting = Reading & { readonly store: Store; readonly caller: Caller; readonly query: Query };

type Looked = { readonly row: TableRow; readonly values: RecordValues | null };

/**
 * Which rows will most likely be refused: those with wrong values, and those with a unique value that is there already or stood in
 * a row before. It is only a guess: what becomes of a row is decided by the writer.
 */
export async function sifted(at: Sifting, rows: readonly TableRow[]): Promise<Sifted> {
  const looked = rows.map((row): Looked => ({ row, values: checked(at, row) }));
  const doubtful = new Set(looked.filter(({ values }) => values === null).map(({ row }) => row));
  const isAsked = (field: FieldDefinition): boolean =>
    (field.unique === true && field.state === 'active') || apiNameOf(field) === at.input.by;
  for (const field of at.schema.fieldsOf(at.object).all.filter(isAsked))
    for (const row of await repeated(at, field, looked)) doubtful.add(row);
  return { plain: rows.filter((row) => !doubtful.has(row)), doubtful: rows.filter((row) => doubtful.has(row)) };
}

function checked(at: Sifting, { cells }: TableRow): RecordValues | null {
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

/**
 * The rows whose value of a unique field is there already, or in a row before them. Of what rows are matched by, only the latter matters; and
 * whether it is there, where only the platform gives it.
 */
async function repeated(at: Sifting, field: FieldDefinition, looked: readonly Looked[]): Promise<readonly TableRow[]> {
  const name = apiNameOf(field);
  const given = looked.flatMap(({ row, values }) => {
    const value = values?.[name] ?? null;
    return value === null ? [] : [{ row, value: plainText(value) }];
  });
  const firsts = new Map(given.toReversed().map(({ row, value }) => [value, row]));
  const again = given.filter(({ row, value }) => firsts.get(value) !== row);
  const isKey = name === at.input.by;
  if (given.length === 0 || (isKey && field.readOnly !== true)) return again.map(({ row }) => row);
  const isKept = ({ value }: (typeof given)[number]): boolean => canBe({ field, name, caller: at.caller }, value);
  const kept = given.filter(isKept);
  const ids = await idsByKeys(at.query, at.object, { field, keys: kept.map(({ value }) => value) });
  const wrong = kept.filter((_, position) => (ids[position] === null) === isKey);
  return [...again, ...given.filter((one) => !isKept(one)), ...wrong].map(({ row }) => row);
}

/** Whether a field can hold that value at all: the database does not look for an id that is none. */
function canBe(asked: Parameters<typeof comparable>[0], value: string): boolean {
  try {
    return comparable(asked, value).kind === 'value';
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
