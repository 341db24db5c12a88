import { sentence, withArticle } from '#platform/kernel/sentence.ts';
import pg from 'pg';
import { plainText } from '#platform/kernel/json.ts';
import type { Permissions } from '#platform/kernel/permissions.ts';
import { faultAt, Refusal } from '#platform/kernel/errors.ts';
import type { FieldDefinition, Label, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import { overlapFields } from '#platform/metadata/no-overlap.ts';
import { overlapNamed } from '../ddl/overlaps.ts';
import { wantedIndexes } from '../ddl/schema-plan.ts';
import { identifier } from '../identifier.ts';
import { tableOf } from '../read/table.ts';
import type { Query } from './load.ts';

const UNIQUE_VIOLATION = '23505';
const EXCLUSION_VIOLATION = '23P01';

/** What a failed write was about. */
export type Failed = {
  readonly index: SchemaIndex;
  readonly object: ObjectDefinition;
  readonly values: RecordValues;
  readonly permissions: Permissions;
};

/** A violated unique rule as the refusal `duplicate`, naming its fields and, where the caller may see it, the other record; anything else as it is. */
export async function duplicateOf(error: unknown, failed: Failed, query: Query): Promise<unknown> {
  if (!(error instanceof pg.DatabaseError)) return error;
  if (error.code === EXCLUSION_VIOLATION) return overlapping(error, failed);
  if (error.code !== UNIQUE_VIOLATION) return error;
  const fields = violatedFields(failed, error.constraint);
  const rights = failed.permissions.on(failed.object);
  // A rule over a field that the caller may not read must not say what stands in it.
  if (fields.length === 0 || !fields.every((field) => rights.mayRead(field)))
    return new Refusal('duplicate', `There is already such a ${failed.object.label.en}.`);
  const values = fields.map((field) => failed.values[apiNameOf(field)]);
  // Of rows inside a record it is not known which one it was.
  if (values.some((value) => value === undefined)) return taken(failed, { fields, values: [] });
  const same = fields.map((field, position) => `${identifier(field.column)} = $${position + 1}`).join(' and ');
  const [other] = await query({
    text: `select id from ${tableOf(failed.object)} where ${same} and deleted_at is null limit 1`,
    values,
  });
  return taken(failed, { fields, values }, other?.[0] ?? undefined);
}

/** Two that are valid on one day: said at the dates, whose other record is not named, for the caller may not know of it. */
function overlapping(error: pg.DatabaseError, { index, object }: Failed): unknown {
  const rule = overlapNamed(index.schema, error.constraint) === undefined ? null : overlapFields(object);
  if (!rule) return error;
  const same = (of: (one: { readonly label: Label }) => string): string => rule.fields.map(of).join(', ');
  const said = sentence(
    (of) =>
      `There is already ${withArticle(of(object))} of the same ${same(of)} that is valid on one of these days. End it before this one begins, or change the dates.`,
    (of) =>
      `${of(object)}: Es gibt schon einen Eintrag mit demselben Wert (${same(of)}), der an einem dieser Tage gilt. Beenden Sie ihn vor dem Beginn dieses Eintrags, oder ändern Sie die Daten.`,
  );
  const errors = [rule.from, rule.until].map(({ name }) => faultAt({ pointer: `/${name}`, field: name, rule: 'overlap' }, said));
  return new Refusal('duplicate', said, { errors });
}

type Taken = { readonly fields: readonly FieldDefinition[]; readonly values: readonly unknown[] };

function taken(failed: Failed, { fields, values }: Taken, other?: string): Refusal {
  const labels = fields.map((field) => field.label.en);
  const alone = values.length === 0 ? ' of this kind' : ` ${plainText(values[0]).slice(0, 80)}`;
  const what = labels.length > 1 ? `this ${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}` : `${labels[0]}${alone}`;
  const message = `There is already ${withArticle(failed.object.label.en)} with ${what}.`;
  const errors = fields.map((field) => ({
    pointer: `/${apiNameOf(field)}`,
    field: apiNameOf(field),
    rule: 'unique',
    message,
    label: field.label,
  }));
  return new Refusal('duplicate', message, {
    errors,
    ...(other === undefined ? {} : { other: { object: failed.object.name, id: other } }),
  });
}

function violatedFields(failed: Failed, constraint: string | undefined): readonly FieldDefinition[] {
  const index = wantedIndexes(failed.index.schema).find((one) => one.name === constraint);
  const { byId } = failed.index.fieldsOf(failed.object);
  return (index?.fields ?? []).flatMap((id) => byId.get(id) ?? []);
}
