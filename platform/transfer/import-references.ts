import { fieldsOfSide, shown, targetOf, type Scope, type Side } from '#platform/data/names.ts';
import { identifier } from '#platform/data/identifier.ts';
import { equated } from '#platform/data/search.ts';
import { tableOf } from '#platform/data/read/table.ts';
import type { Query } from '#platform/data/save/load.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import { sentence, type Sentence } from '#platform/kernel/sentence.ts';
import { isUuid } from '#platform/kernel/uuid.ts';

/** What a cell of a reference leads to: a record's id, or a sentence that says why to none. `isMissing`: there is none of that name. */
export type Reference = { readonly id: string } | { readonly problem: Sentence; readonly isMissing?: boolean };

/** What the texts of reference cells lead to, by field id and text. Ids are not among them: they speak for themselves. */
export type References = ReadonlyMap<string, ReadonlyMap<string, Reference>>;

/** The cells of one reference field. */
export type Referring = { readonly field: FieldDefinition; readonly texts: readonly string[] };

/**
 * Finds the records that cells name by title or by a unique value instead of by id: exactly one must be so called. One query per field
 * for all rows of a batch. What the caller may not read is not found.
 */
export async function findReferences(at: { scope: Scope; query: Query }, all: readonly Referring[]): Promise<References> {
  const found = new Map<string, ReadonlyMap<string, Reference>>();
  for (const { field, texts } of all) {
    const side = targetOf(at.scope.schema, field);
    const named = [...new Set(texts.map((text) => text.trim()))].filter((text) => text !== '' && !isUuid(text));
    if (side && named.length > 0) found.set(field.id, await recordsNamed(at, side, named));
  }
  return found;
}

async function recordsNamed(
  { scope, query }: { scope: Scope; query: Query },
  side: Side,
  texts: readonly string[],
): Promise<ReadonlyMap<string, Reference>> {
  const names = namesOf(scope, side);
  const rows = names.length === 0 ? [] : await query({ text: textOf(side, names), values: [texts] });
  const ids = Map.groupBy(rows, ([text]) => text ?? '');
  return new Map(texts.map((text) => [text, referenceOf(side, text, [...new Set((ids.get(text) ?? []).map(([, id]) => id ?? ''))])]));
}

function referenceOf({ object }: Side, text: string, ids: readonly string[]): Reference {
  const [id, ...others] = ids;
  if (others.length === 0 && id !== undefined) return { id };
  const called = shown(text);
  if (id === undefined) {
    const problem = sentence(
      (of) => `There is no ${of(object)} ${called}.`,
      (of) => `„${called}“ gibt es nicht (${of(object)}).`,
    );
    return { problem, isMissing: true };
  }
  const many = { label: object.pluralLabel };
  return {
    problem: sentence(
      (of) => `${ids.length} ${of(many)} are called ${called}. Name the one that is meant by a unique value or its id.`,
      (of) =>
        `${ids.length} ${of(many)} heißen „${called}“. Nennen Sie den gemeinten Datensatz mit einem eindeutigen Wert oder seiner Kennung.`,
    ),
  };
}

/** The fields by which people name a record of that side: its title, and what is unique. */
function namesOf(scope: Scope, side: Side): readonly FieldDefinition[] {
  const { titleField } = side.object;
  return fieldsOfSide(scope, side).filter((field) => {
    const isName = field.unique === true || field.id === titleField || field.name === titleField;
    return isName && field.column !== 'id' && ['text', 'integer', 'bigint'].includes(fieldType(field.type).storage);
  });
}

function textOf({ object, isForeign }: Side, names: readonly FieldDefinition[]): string {
  const table = isForeign ? `mirror.${identifier(object.table)} where not deleted` : `${tableOf(object)} where deleted_at is null`;
  const each = names.map((field) => {
    const { column } = field;
    const value = isForeign ? `(data ->> '${column}')` : `${identifier(column)}::text`;
    return `select ${value}, id::text from ${table} and ${equated(field, value)} = any($1::text[])`;
  });
  return each.join(' union ');
}
