import type { RawRow, Transaction } from '#platform/data/database.ts';
import { saveRecord } from '#platform/data/save/save.ts';
import { withSavepoint } from '#platform/data/savepoint.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { jsonObjectOf } from '#platform/kernel/json.ts';
import type { Json, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import { isMovedByCommands } from '#platform/kernel/status-field.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import type { ImportRange } from './import-range.ts';
import type { ImportStep } from './import-records.ts';

/** What is taken back, by whom. `evenChanged`: also records that somebody has changed since. */
export type RevertWork = {
  readonly store: Store;
  readonly job: { readonly id: string; readonly checkpoint: Json; readonly step: ImportStep };
  readonly imported: ImportRange & { readonly job: string; readonly object: string };
  readonly caller: Caller;
  readonly evenChanged: boolean;
};

type Tally = {
  readonly position: string | null;
  readonly done: number;
  readonly deleted: number;
  readonly restored: number;
  readonly left: number;
};

/** A record that was not taken back, and why. */
type Left = { readonly record: string; readonly message: string; readonly sentence?: Sentence };

const EVENTS_AT_ONCE = 200;
const STEP_MILLISECONDS = 500;
const NOTHING: Tally = { position: null, done: 0, deleted: 0, restored: 0, left: 0 };

/**
 * Takes an import back, its last record first: what it made goes to the recycle bin, what it changed gets the values that it had before, which
 * the history knows. Records that were changed since stay as they are and are told.
 */
export async function revertImport(work: RevertWork): Promise<Json> {
  const { job, imported } = work;
  let tally: Tally = isRecord(job.checkpoint) ? { ...NOTHING, ...job.checkpoint } : NOTHING;
  const total = await countOf(work);
  for (let isOver = false; !isOver;) {
    const before = tally;
    let reached = before;
    await job.step(async (transaction) => {
      const page = await touched(transaction, imported, before.position);
      isOver = page.length === 0;
      const { after, left } = await revertPage(work, transaction, { page, before });
      reached = after;
      return { checkpoint: { ...after }, done: after.done, total, errors: left.map((one) => ({ ...one })) };
    });
    tally = reached;
    work.store.wake();
  }
  const { deleted, restored, left } = tally;
  return { import: imported.job, deleted, restored, left };
}

async function countOf({ store, imported: { from, to, job } }: RevertWork): Promise<number> {
  const [row] = await store.database.read({
    text: `select count(distinct record_id) from platform.outbox where position > $1::bigint and position <= $2::bigint and correlation_id = $3`,
    values: [from, to, job],
  });
  return Number(row?.[0] ?? 0);
}

/** The import's last events before a position, newest first. */
async function touched(
  transaction: Transaction,
  { from, to, job }: RevertWork['imported'],
  before: string | null,
): Promise<readonly RawRow[]> {
  return transaction.query({
    text: `select position, record_id from platform.outbox
      where position > $1::bigint and position <= $2::bigint and position < coalesce($4::bigint, $2::bigint + 1) and correlation_id = $3 and record_id is not null
      order by position desc limit ${EVENTS_AT_ONCE}`,
    values: [from, to, job, before],
  });
}

async function revertPage(
  work: RevertWork,
  transaction: Transaction,
  { page, before }: { page: readonly RawRow[]; before: Tally },
): Promise<{ after: Tally; left: readonly Left[] }> {
  const histories = await historiesOf(work, transaction, [...new Set(page.map(([, id]) => id ?? ''))]);
  const began = performance.now();
  const left: Left[] = [];
  const used = await usedOf(work, [...histories.values()]);
  let after = before;
  for (const [position, id] of page) {
    const history = histories.get(id ?? '');
    after = { ...after, position: position ?? null };
    // A record is taken back once, at the last event that the import has of it.
    if (history && history.position === position) {
      const outcome = used.has(history.id) ? usedOutcome(history) : await revertRecord(work, transaction, history);
      if (typeof outcome === 'object') left.push(outcome);
      const kind = typeof outcome === 'object' ? 'left' : outcome;
      after = { ...after, done: after.done + 1, ...(kind === 'same' ? {} : { [kind]: after[kind] + 1 }) };
    }
    if (performance.now() - began > STEP_MILLISECONDS) break;
  }
  return { after, left };
}

const OBJECT_GONE: Sentence = {
  en: 'The object that was imported is no longer there.',
  de: 'Das Objekt, das importiert wurde, gibt es nicht mehr.',
};
const CHANGED_SINCE: Sentence = {
  en: 'It has been changed since the import, and stays as it is.',
  de: 'Der Datensatz wurde seit dem Import geändert und bleibt, wie er ist.',
};
const USED_ELSEWHERE: Sentence = {
  en: 'Another service uses it by now, and it stays as it is.',
  de: 'Ein anderer Dienst verwendet den Datensatz inzwischen, er bleibt, wie er ist.',
};

/** What the import did to a record, and whether somebody has changed it since. `former`: the values from before, under the names of then. */
type History = {
  readonly id: string;
  readonly position: string;
  /** The name of its object: what rows named was made too. */
  readonly object: string;
  readonly isMade: boolean;
  readonly former: RecordValues;
  /** The version that the import left. */
  readonly version: number;
  readonly isChangedSince: boolean;
};

/** Of the records that the import made, those that other services use by now. */
async function usedOf({ store, caller }: RevertWork, histories: readonly History[]): Promise<ReadonlySet<string>> {
  const made = Map.groupBy(
    histories.filter(({ isMade }) => isMade),
    ({ object }) => object,
  );
  const asked = [...made].map(([object, some]) => store.usedElsewhere({ object, ids: some.map(({ id }) => id), roles: caller.roles }));
  return new Set((await Promise.all(asked)).flat().map(({ id }) => id));
}

function leftAs(record: string, said: string | Sentence): Left {
  return typeof said === 'string' ? { record, message: said } : { record, message: said.en, sentence: said };
}

function usedOutcome({ id }: History): Left {
  return leftAs(id, USED_ELSEWHERE);
}

async function historiesOf(
  { imported: { from, job } }: RevertWork,
  transaction: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, History>> {
  const rows = await transaction.query({
    text: `select record_id, position, correlation_id = $3, type like '%Created', data -> 'changed', object_version, object from platform.outbox
      where record_id = any($1::uuid[]) and position > $2::bigint and data -> 'changed' is not null order by position`,
    values: [ids, from, job],
  });
  const histories = new Map<string, History>();
  for (const [id = '', position, isOurs, isMade, changed, version, object] of rows) {
    if (id === null) continue;
    const known = histories.get(id);
    if (isOurs === 't') {
      histories.set(id, {
        id,
        position: position ?? '',
        isMade: known?.isMade === true || isMade === 't',
        former: formerValues(jsonObjectOf(changed ?? '{}'), known?.former ?? {}),
        version: Number(version),
        object: object ?? '',
        isChangedSince: false,
      });
    } else if (known) histories.set(id, { ...known, isChangedSince: true });
  }
  return histories;
}

/**
 * The values from before an event, those from before earlier ones first. A value of several parts is changed part by part, so that a part that
 * came with the event has to be taken away again.
 */
function formerValues(changed: RecordValues, earlier: RecordValues): RecordValues {
  const former: { [name: string]: unknown } = { ...earlier };
  for (const [name, one] of Object.entries(changed).filter(([, change]) => isRecord(change))) {
    const { old = null, new: now } = isRecord(one) ? one : {};
    const value = Object.hasOwn(earlier, name) ? earlier[name] : old;
    const gone = isRecord(now) ? Object.fromEntries(Object.keys(now).map((part) => [part, null])) : {};
    former[name] = isRecord(value) ? { ...gone, ...value } : value;
  }
  return former;
}

async function revertRecord(work: RevertWork, transaction: Transaction, history: History): Promise<'deleted' | 'restored' | 'same' | Left> {
  const schema = work.store.schema();
  const object = schema.byName.get(history.object) ?? schema.objects.find(({ id }) => id === work.imported.object);
  if (!object) throw new Refusal('not_found', OBJECT_GONE);
  if (history.isChangedSince && !work.evenChanged) return leftAs(history.id, CHANGED_SINCE);
  try {
    return await withSavepoint(transaction, () => takeBack(work, transaction, { object, history }));
  } catch (error) {
    // Gone already, perhaps by an earlier attempt to take the import back.
    if (error instanceof Refusal && error.code === 'not_found' && work.evenChanged) return 'same';
    if (error instanceof Refusal) return leftAs(history.id, error.sentence ?? error.message);
    throw error;
  }
}

async function takeBack(
  { store, job, caller, evenChanged }: RevertWork,
  transaction: Transaction,
  { object, history }: { object: ObjectDefinition; history: History },
): Promise<'deleted' | 'restored' | 'same'> {
  const options = { transaction, correlationId: job.id, isUnusedElsewhere: true };
  const { id } = history;
  const expected = evenChanged ? {} : { ifVersion: history.version };
  if (history.isMade) {
    await saveRecord(store, caller, { operation: 'delete', object, id, ...expected }, options);
    return 'deleted';
  }
  const values = writable(store, object, history.former);
  const { changed } = await saveRecord(store, caller, { operation: 'update', object, id, values, ...expected }, options);
  return changed.length === 0 ? 'same' : 'restored';
}

/** What only the platform sets follows by itself. A field goes by the name that it has today; one that is no more has no value. */
function writable(store: Store, object: ObjectDefinition, former: RecordValues): RecordValues {
  const fields = store.schema().fieldsOf(object).byApiName;
  const entries = Object.entries(former).flatMap(([name, value]): readonly (readonly [string, unknown])[] => {
    const field = fields.get(name);
    return field && field.system !== true && field.readOnly !== true && !isMovedByCommands(object, field)
      ? [[apiNameOf(field), value]]
      : [];
  });
  return Object.fromEntries(entries);
}
