import type { Database } from '#platform/data/database.ts';
import { pause } from '#platform/messaging/pause.ts';
import { isSettled, jobOf, type JobView } from './job.ts';

const LOOK_MILLISECONDS = 250;

/** A job's progress as it happens, the present state first; ends when the job is settled or the signal is aborted. */
export async function* jobChanges(database: Database, id: string, signal: AbortSignal): AsyncGenerator<JobView> {
  let told = '';
  while (!signal.aborted) {
    const job = await jobOf(database, id);
    const text = JSON.stringify(job);
    if (text !== told) yield job;
    told = text;
    if (isSettled(job.state)) return;
    await pause(LOOK_MILLISECONDS, signal);
  }
}
