import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#platform/data/database.ts';
import { jsonOf } from '#platform/kernel/json.ts';
import type { Json } from '#platform/kernel/model.ts';

/** A job that this process holds. Whoever holds it must show `lease` with every write; another holder has another one. */
export type LeasedJob = {
  readonly id: string;
  readonly kind: string;
  readonly lease: string;
  readonly input: Json;
  readonly checkpoint: Json;
  readonly by: string;
  /** Takes since the last step that succeeded, this one included. */
  readonly attempts: number;
};

/** What a step has achieved. Counts are absolute; errors are added to those before. */
export type Progress = {
  readonly checkpoint?: Json;
  readonly done?: number;
  readonly total?: number;
  readonly errors?: readonly Json[];
};

/** How a holding ends. */
export type Ending =
  | { readonly state: 'done'; readonly result: Json }
  | { readonly state: 'failed'; readonly error: Json }
  | { readonly state: 'cancelled' | 'paused' }
  | { readonly state: 'queued'; readonly waitMilliseconds: number; readonly isFailure: boolean };

/** Seconds without a sign of life after which another process may take the job. */
export const LEASE_SECONDS = 30;

/** Of a job's errors so many are kept, and so many characters: one may hold a whole row of a file. */
const ERRORS_MOST = 1_000;
const ERROR_CHARACTERS_MOST = 1_000_000;

const HELD = `id = $1::uuid and lease = $2::uuid and state = 'running'`;

/** Takes the job that waits longest, or one whose holder has died. Null when there is none. */
export async function takeJob(database: Database, kinds: readonly string[]): Promise<LeasedJob | null> {
  const lease = randomUUID();
  const [row] = await database.write({
    text: `update platform.job set state = 'running', lease = $1::uuid, lease_until = now() + make_interval(secs => $3::integer),
        attempts = attempts + 1, started_at = coalesce(started_at, now())
      where id = (select id from platform.job
        where kind = any($2::text[]) and ((state = 'queued' and run_after <= now()) or (state = 'running' and lease_until < now()))
        order by run_after, id for update skip locked limit 1)
      returning id, kind, input, checkpoint, by, attempts`,
    values: [lease, kinds, LEASE_SECONDS],
  });
  if (!row) return null;
  const [id, kind, input, checkpoint, by, attempts] = row;
  return {
    id: id ?? '',
    kind: kind ?? '',
    lease,
    input: jsonOf(input),
    checkpoint: jsonOf(checkpoint),
    by: by ?? '',
    attempts: Number(attempts),
  };
}

/** What the holder is told when it shows its lease: go on, or what its owner wants; `lost` when another one holds the job. */
export type Answer = 'go' | 'cancel' | 'pause' | 'lost';

/** Prolongs the lease. */
export async function renewLease(database: Database, job: LeasedJob): Promise<Answer> {
  const rows = await database.write({
    text: `update platform.job set lease_until = now() + make_interval(secs => $3::integer) where ${HELD} returning coalesce(wanted, 'go')`,
    values: [job.id, job.lease, LEASE_SECONDS],
  });
  return answerOf(rows[0]?.[0]);
}

/** Writes progress in the transaction of the work it stands for: both are there, or neither. */
export async function saveProgress(transaction: Transaction, job: LeasedJob, progress: Progress): Promise<Answer> {
  const rows = await transaction.query({
    text: `update platform.job set lease_until = now() + make_interval(secs => $3::integer), attempts = 0,
        checkpoint = coalesce($4::jsonb, checkpoint), done = coalesce($5::bigint, done), total = coalesce($6::bigint, total),
        errors = case when $7 = '[]' or jsonb_array_length(errors) >= ${ERRORS_MOST} then errors
          when octet_length(errors::text) >= ${ERROR_CHARACTERS_MOST} then errors else errors || $7::jsonb end
      where ${HELD} returning coalesce(wanted, 'go')`,
    values: [
      job.id,
      job.lease,
      LEASE_SECONDS,
      progress.checkpoint === undefined ? null : JSON.stringify(progress.checkpoint),
      progress.done ?? null,
      progress.total ?? null,
      errorsText(progress.errors ?? []),
    ],
  });
  return answerOf(rows[0]?.[0]);
}

/** The errors of a step, as far as they are kept. The first always is. */
function errorsText(errors: readonly Json[]): string {
  const kept: string[] = [];
  let characters = 0;
  for (const error of errors.slice(0, ERRORS_MOST)) {
    const text = JSON.stringify(error);
    characters += text.length;
    if (kept.length > 0 && characters > ERROR_CHARACTERS_MOST) break;
    kept.push(text);
  }
  return `[${kept.join(',')}]`;
}

/** Gives the job back, in whatever state it ends. Nothing happens when it is no longer held. */
export async function endLease(database: Database, job: LeasedJob, ending: Ending): Promise<void> {
  const isFinal = ending.state === 'done' || ending.state === 'failed' || ending.state === 'cancelled';
  await database.write({
    text: `update platform.job set state = $3, lease = null, lease_until = null, wanted = null, result = coalesce($4::jsonb, result), errors = errors || $5::jsonb,
        ended_at = case when $6::boolean then now() end, run_after = now() + make_interval(secs => $7::double precision),
        attempts = case when $8::boolean then attempts else 0 end
      where ${HELD}`,
    values: [
      job.id,
      job.lease,
      ending.state,
      ending.state === 'done' ? JSON.stringify(ending.result) : null,
      JSON.stringify(ending.state === 'failed' ? [ending.error] : []),
      isFinal,
      ending.state === 'queued' ? ending.waitMilliseconds / 1_000 : 0,
      ending.state === 'queued' && ending.isFailure,
    ],
  });
}

function answerOf(wanted: string | null | undefined): Answer {
  return wanted === 'go' || wanted === 'cancel' || wanted === 'pause' ? wanted : 'lost';
}
