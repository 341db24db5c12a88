import { Refusal } from '#platform/kernel/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { isUniqueInCompany } from '#platform/metadata/unique-together.ts';
import { findField, ownSide, unknownName, valueNames } from '../names.ts';
import { fieldExpression, newBuilder, newJoins } from './builder.ts';
import { selectOf } from './compile-page.ts';
import { fromWhere } from './matching.ts';
import type { Selection } from './selection.ts';
import { reading, type ReadSource } from './source.ts';
import { prepared, preparedWhenCommon } from './statement-names.ts';
import { ROW, versionOf, visible, type Deleted } from './table.ts';
import { comparable } from './values.ts';

/** One record: its JSON text, and its version, which is its ETag. */
export type FoundRecord = { readonly json: string; readonly version: number };

/** What to answer of one record, and whether one in the recycle bin counts (`no` unless said). */
export type RecordSelection = Selection & { readonly deleted?: Deleted | undefined };

const COMPANY = 'companyId';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The record of that id; null when there is none for this caller. A child answers its parent's version. */
export function getRecord(
  source: ReadSource,
  object: ObjectDefinition,
  id: string,
  selection: RecordSelection = {},
): Promise<FoundRecord | null> {
  return reading(source, object, async (from, of) =>
    UUID.test(id) ? ((await select(from, of, [{ column: `${ROW}.id`, value: id }], selection))[0] ?? null) : null,
  );
}

/** A record by its key: the name of a unique field, its value, and the company where the field is unique in each company only. */
export type Key = { readonly field: string; readonly value: string; readonly companyId?: string | undefined };

/**
 * The record with that value in a unique field; null when there is none. Refuses a field that is unknown or not unique, and a number that several
 * companies have until the company is said.
 */
export function findRecord(
  source: ReadSource,
  object: ObjectDefinition,
  { field: name, value, companyId }: Key,
  selection: RecordSelection = {},
): Promise<FoundRecord | null> {
  return reading(source, object, async (from, of) => {
    const scope = { schema: from.schema, permissions: from.caller.permissions };
    const side = ownSide(of);
    const field = findField(scope, side, name);
    if (!field) throw unknownName(of, name, valueNames(scope, side));
    const company = isUniqueInCompany(of, field) ? findField(scope, side, COMPANY) : undefined;
    if (!company && !isUnique(field))
      throw new Refusal('malformed_request', `${field.label.en} is not unique, so it does not name one record.`);
    if (companyId !== undefined && !company)
      throw new Refusal('malformed_request', `${field.label.en} is unique without a company. Leave ${COMPANY} out.`);
    if (companyId !== undefined && !UUID.test(companyId)) throw new Refusal('malformed_request', `${COMPANY} is the id of a company.`);
    const sought = comparable({ field, name, caller: from.caller }, value);
    if (sought.kind !== 'value') return null;
    const column = fieldExpression(ROW, side, field).sql;
    const inCompany =
      company && companyId !== undefined ? { column: fieldExpression(ROW, side, company).sql, value: companyId } : undefined;
    const [found, another] = await select(from, of, [{ column, value: sought.value }, ...(inCompany ? [inCompany] : [])], selection);
    if (another && selection.deleted === undefined) throw severalCompanies(of, field);
    return found ?? null;
  });
}

/** Unique, and not only to become so. */
function isUnique(field: FieldDefinition): boolean {
  return (field.unique === true && field.state === 'active') || field.column === 'id';
}

function severalCompanies(object: ObjectDefinition, field: FieldDefinition): Refusal {
  const said = `Several companies have a record of ${object.label.en} with this ${field.label.en}.`;
  return new Refusal('conflict', `${said} Say which company: ?${COMPANY}={id}.`);
}

/** The record that has these values; a second one where there is one, so that the caller can tell. */
async function select(
  source: ReadSource,
  object: ObjectDefinition,
  by: readonly { readonly column: string; readonly value: string }[],
  selection: RecordSelection,
): Promise<readonly FoundRecord[]> {
  const builder = newBuilder(source);
  const joins = newJoins(builder, ROW);
  const conditions = [
    ...by.map(({ column, value }) => `${column} = ${builder.parameter(value)}`),
    ...visible(source.schema, object, { alias: ROW, deleted: selection.deleted ?? 'no' }),
  ];
  const shape = selectOf(builder, joins, object, selection);
  const text = `select ${versionOf(source.schema, object, ROW)}, ${shape.list} ${fromWhere(object, joins, conditions)} limit 2`;
  const isDefault = selection.fields === undefined && selection.expand === undefined;
  const statement = isDefault ? prepared(text, builder.values) : preparedWhenCommon(text, builder.values);
  const rows = await source.query(statement);
  return rows.map((row) => ({ json: shape.json(row, 1), version: Number(row[0]) }));
}
