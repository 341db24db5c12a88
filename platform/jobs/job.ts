import type { Database, RawRow } from '#platform/data/database.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { jsonListOf, jsonOf } from '#platform/kernel/json.ts';
import type { Json } from '#platform/kernel/model.ts';

/** Where a job stands. `paused` and `failed` may be resumed, from their last checkpoint. */
export type JobState = 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled';

/** A job as its owner sees it. `errors` are entries of the runner's making, at most 1,000 and about a million characters; `total` is null while it is not known. */
export type JobView = {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly done: number;
  readonly total: number | null;
  readonly errors: readonly Json[];
  readonly result: Json;
  readonly by: string;
  readonly at: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
};

/** What its owner may ask of a job under way or at rest. */
export type JobAction = 'cancel' | 'pause' | 'resume';

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const COLUMNS = `id, kind, state, done, total, errors, result, by, to_char(at at time zone 'UTC', ${INSTANT}),
  to_char(started_at at time zone 'UTC', ${INSTANT}), to_char(ended_at at time zone 'UTC', ${INSTANT})`;
const UUID = /^[0-9a-f-]{36}$/;

/** One job; refuses with `not_found`. */
export async function jobOf(database: Database, id: string): Promise<JobView> {
  const [row] = UUID.test(id) ? await database.read({ text: `select ${COLUMNS} from platform.job where id = $1::uuid`, values: [id] }) : [];
  if (!row) throw new Refusal('not_found', 'There is no such job.');
  return viewOf(row);
}

/**
 * Cancels, pauses or resumes. A running job is asked and stops after its present step; one that is not running changes at once.
 * Asking for what is already so is fine; what can no longer be is refused with `wrong_state`.
 */
export async function controlJob(database: Database, id: string, action: JobAction): Promise<JobView> {
  const before = await jobOf(database, id);
  const rows = await database.write({ text: STATEMENTS[action], values: [id] });
  const after = await jobOf(database, id);
  if (rows.length === 0 && after.state !== SETTLED[action])
    throw new Refusal('wrong_state', `A job that is ${before.state} cannot be asked to ${action}.`);
  return after;
}

const SETTLED = { cancel: 'cancelled', pause: 'paused', resume: 'running' } as const;

const STATEMENTS: { readonly [action in JobAction]: string } = {
  cancel: `update platform.job set wanted = case state when 'running' then 'cancel' end,
      ended_at = case state when 'running' then ended_at else now() end, state = case state when 'running' then state else 'cancelled' end
    where id = $1::uuid and state in ('queued', 'running', 'paused') returning 1`,
  pause: `update platform.job set wanted = case state when 'running' then 'pause' end, state = case state when 'running' then state else 'paused' end
    where id = $1::uuid and state in ('queued', 'running') and wanted is distinct from 'cancel' returning 1`,
  resume: `update platform.job set state = case state when 'running' then state else 'queued' end, wanted = null, attempts = 0, run_after = now(), ended_at = null
    where id = $1::uuid and (state in ('paused', 'failed', 'queued') or (state = 'running' and wanted = 'pause')) returning 1`,
};

/** Whether nothing more will happen to a job unless someone resumes it. */
export function isSettled(state: JobState): boolean {
  return state !== 'queued' && state !== 'running';
}

function viewOf(row: RawRow): JobView {
  const [id, kind, state, done, total, errors, result, by, at, startedAt, endedAt] = row;
  return {
    id: id ?? '',
    kind: kind ?? '',
    state: stateOf(state),
    done: Number(done),
    total: total === null || total === undefined ? null : Number(total),
    errors: jsonListOf(errors),
    result: jsonOf(result),
    by: by ?? '',
    at: at ?? '',
    startedAt: startedAt ?? null,
    endedAt: endedAt ?? null,
  };
}

const STATES: readonly JobState[] = ['queued', 'running', 'paused', 'done', 'failed', 'cancelled'];

function stateOf(text: string | null | undefined): JobState {
  const state = STATES.find((known) => known === text);
  if (!state) throw new Error(`A job is in the unknown state ${text}.`);
  return state;
}
