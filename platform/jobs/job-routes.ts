import type { Database } from '#platform/data/database.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { jsonOf } from '#platform/kernel/json.ts';
import type { Route, RouteRequest } from '#platform/kernel/route.ts';
import { jobChanges } from './changes.ts';
import { enqueue } from '#platform/data/new-job.ts';
import { controlJob, jobOf, type JobAction, type JobView } from './job.ts';
import { revertKind, type Runner } from './runner.ts';

const ACTIONS: readonly JobAction[] = ['cancel', 'pause', 'resume'];

/** The calls with which the one who asked for a job, or an administrator, follows and steers it. To everybody else it does not exist. */
export function jobRoutes(service: { database: Database; runners: readonly Runner[]; wake: () => void }): readonly Route[] {
  const { database, runners, wake } = service;
  const steer = (action: JobAction): Route => ({
    method: 'POST',
    path: `/jobs/:id/actions/${action}`,
    handler: async (request) => {
      const { id } = await visibleJob(database, request);
      const body = await controlJob(database, id, action);
      wake();
      return { status: 200, body };
    },
  });
  const read: Route = {
    method: 'GET',
    path: '/jobs/:id',
    handler: async (request) => {
      const job = await visibleJob(database, request);
      return { status: 200, body: job, changes: (signal) => jobChanges(database, job.id, signal) };
    },
  };
  const revert: Route = {
    method: 'POST',
    path: '/jobs/:id/actions/revert',
    handler: async (request) => {
      const job = await visibleJob(database, request);
      const options = revertOptions(request.body);
      const body = await jobOf(database, await revertJob({ database, runners, caller: request.caller }, { job, options }));
      wake();
      return { status: 202, body };
    },
  };
  return [read, ...ACTIONS.map(steer), revert];
}

/** The job that a request names; to whom it does not belong it does not exist. */
export async function visibleJob(database: Database, { caller, params }: RouteRequest): Promise<JobView> {
  const job = await jobOf(database, params['id'] ?? '');
  if (job.by !== caller.actor && !caller.permissions.administrator) throw new Refusal('not_found', 'There is no such job.');
  return job;
}

/** `evenChanged`: also what somebody has changed since. */
type RevertOptions = { readonly evenChanged: boolean };

function revertOptions(body: unknown): RevertOptions {
  const { evenChanged = false, ...rest } = isRecord(body) ? body : {};
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new Refusal('unknown_name', `To take a job back there is no ${unknown.slice(0, 60)}, only evenChanged.`);
  if (typeof evenChanged !== 'boolean') throw new Refusal('malformed_request', 'evenChanged is true or false.');
  return { evenChanged };
}

/** Makes the job that takes another one back, once: asked again in the same way, it answers the same one. */
async function revertJob(
  service: { database: Database; runners: readonly Runner[]; caller: Caller },
  { job, options }: { job: JobView; options: RevertOptions },
): Promise<string> {
  if (!service.runners.some((runner) => runner.kind === job.kind && runner.revert))
    throw new Refusal('wrong_state', `A job of the kind ${job.kind} cannot be reverted.`);
  if (job.state === 'queued' || job.state === 'running')
    throw new Refusal('still_running', {
      en: 'The job is still running. Cancel it first.',
      de: 'Der Vorgang läuft noch. Brechen Sie ihn zuerst ab.',
    });
  const { database, caller } = service;
  const [row] = await database.read({ text: 'select input, checkpoint from platform.job where id = $1::uuid', values: [job.id] });
  const key = `revert:${job.id}${options.evenChanged ? ':all' : ''}`;
  const { permissions: _permissions, ...who } = caller;
  const input = { job: job.id, input: jsonOf(row?.[0]), checkpoint: jsonOf(row?.[1]), result: job.result, caller: who, options };
  const made = await enqueue(database, { kind: revertKind(job.kind), key, input, by: caller.actor });
  if (made) return made;
  const [there] = await database.read({ text: 'select id from platform.job where key = $1', values: [key] });
  return there?.[0] ?? '';
}
