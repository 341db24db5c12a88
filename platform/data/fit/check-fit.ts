import { parseJson } from '#platform/kernel/json.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import type { Json, ObjectDefinition } from '#platform/kernel/model.ts';
import type { FitChange, FitPage, FitReport, FitSample } from '#platform/metadata/fit.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { identifier } from '../identifier.ts';
import { newBuilder } from '../read/builder.ts';
import { tableOf } from '../read/table.ts';
import { carriedOverSeconds } from '../retype/rate.ts';
import type { Reader } from '../slow-read.ts';
import { heldOf } from './held.ts';
import { isCarriedOver, misfitCondition, needsIndex, type Condition } from './misfits.ts';

const SAMPLES = 20;
/** An index over a column takes about as long as it took to look for what is there twice, and once more to be written. */
const INDEX_FACTOR = 2;

/** Counts the rows that a change of a field touches, and those that it cannot hold, with some of them. */
export async function checkFit(reader: Reader, index: SchemaIndex, change: FitChange): Promise<FitReport> {
  if (change.isGoing === true) return { ...(await heldOf(reader, index, change)), doNotFit: 0, samples: [] };
  const asked = askedOf(reader, index, change);
  if (!asked) return { affected: 0, doNotFit: 0, samples: [] };
  const { living, bad } = asked;
  const started = performance.now();
  const [counted] = await reader.query({
    text: `select count(*), count(*) filter (where ${bad?.sql ?? 'false'}) ${living}`,
    values: bad?.values ?? [],
  });
  const tookSeconds = (performance.now() - started) / 1000;
  const [affected, doNotFit] = [Number(counted?.[0] ?? 0), Number(counted?.[1] ?? 0)];
  const seconds = isCarriedOver(change) ? await carriedOverSeconds(reader, affected) : needsIndex(change) ? tookSeconds * INDEX_FACTOR : 0;
  const samples = doNotFit === 0 ? [] : await misfitsOf(reader, asked, { after: null, limit: SAMPLES });
  return { affected, doNotFit, samples, seconds };
}

/** The rows that a change cannot hold, by key, from the one after `after` on. */
export async function misfitPage(reader: Reader, index: SchemaIndex, change: FitChange, page: FitPage): Promise<readonly FitSample[]> {
  const asked = askedOf(reader, index, change);
  return asked ? misfitsOf(reader, asked, page) : [];
}

type Asked = {
  readonly index: SchemaIndex;
  readonly object: ObjectDefinition;
  readonly change: FitChange;
  readonly living: string;
  readonly bad: Condition | null;
};

/** What is to be looked at; null where nothing of this service is. */
function askedOf(reader: Reader, index: SchemaIndex, change: FitChange): Asked | null {
  const object = index.schema.objects.find((one) => one.name === change.object);
  if (!object || (object.parent !== undefined && !isCarriedOver(change))) return null;
  // What is carried over are the records in the recycle bin too: they may come back, and with them their values.
  const isLiving = object.parent === undefined && !isCarriedOver(change) ? 'r.deleted_at is null' : 'true';
  const living = `from ${tableOf(object)} r where ${isLiving}`;
  const builder = newBuilder({ schema: index, caller: systemCaller(index.module), query: reader.query });
  return { index, object, change, living, bad: misfitCondition(builder, object, change) };
}

async function misfitsOf(reader: Reader, { index, object, change, living, bad }: Asked, page: FitPage): Promise<readonly FitSample[]> {
  if (!bad) return [];
  const title = index.fieldsOf(object).byName.get(object.titleField)?.column ?? 'id';
  const root = rootOf(index, object, 'r');
  const rest = [...bad.values, page.after, page.limit];
  const [after, limit] = [`$${rest.length - 1}::uuid`, `$${rest.length}::integer`];
  const rows = await reader.query({
    text: `select r.id, coalesce(r.${identifier(title)}::text, r.id::text), to_jsonb(r.${identifier(change.after.column)}), ${root.id} ${living} and (${bad.sql}) and (${after} is null or r.id > ${after}) order by r.id limit ${limit}`,
    values: rest,
  });
  return rows.map(([id, name, value, record]) => ({
    id: id ?? '',
    title: name ?? '',
    // PostgreSQL's to_jsonb wrote the value, so it is JSON.
    value: value === null || value === undefined ? null : trusted<Json>(parseJson(value)),
    ...(object.parent === undefined ? {} : { record: { object: root.object, id: record ?? '' } }),
  }));
}

/** The record in which a row stands, through as many parents as it has. */
function rootOf(index: SchemaIndex, object: ObjectDefinition, alias: string): { readonly object: string; readonly id: string } {
  const parent = object.parent === undefined ? undefined : index.byName.get(object.parent);
  if (!parent) return { object: object.name, id: `${alias}.id` };
  const up = `${alias}_p`;
  const root = rootOf(index, parent, up);
  return {
    object: root.object,
    id:
      parent.parent === undefined
        ? `${alias}.parent_id`
        : `(select ${root.id} from ${tableOf(parent)} ${up} where ${up}.id = ${alias}.parent_id)`,
  };
}
