import { randomUUID } from 'node:crypto';
import type { Json } from '#platform/kernel/model.ts';
import type { Database, Transaction } from './database.ts';

/** What to do. `key` makes it unique: a second job with the same key is not made. `runAfter` is an RFC 3339 instant. */
export type NewJob = {
  /** Drawn when left out. */
  readonly id?: string;
  readonly kind: string;
  readonly input: Json;
  readonly by: string;
  readonly key?: string;
  readonly runAfter?: string;
};

/** Either a transaction, with which the job appears or not, or a database. */
export type Writer = Transaction | Pick<Database, 'write'>;

/** Makes a job and answers its id; null when its key is taken. Wake the runners once it is committed. */
export async function enqueue(writer: Writer, job: NewJob): Promise<string | null> {
  const send = 'query' in writer ? writer.query : writer.write;
  const [row] = await send({
    text: `insert into platform.job (id, kind, key, state, input, by, run_after)
      values ($1::uuid, $2, $3, 'queued', $4::jsonb, $5, coalesce($6::timestamptz, now())) on conflict (key) do nothing returning id`,
    values: [job.id ?? randomUUID(), job.kind, job.key ?? null, JSON.stringify(job.input), job.by, job.runAfter ?? null],
  });
  return row?.[0] ?? null;
}

/** Whether nothing more comes of a job of this database unless somebody resumes it, or there is none. */
export async function isJobOver({ query }: Transaction, id: string): Promise<boolean> {
  const text = `select 1 from platform.job where id = $1::uuid and state in ('queued', 'running', 'paused')`;
  return (await query({ text, values: [id] })).length === 0;
}
