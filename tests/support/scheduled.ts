import assert from 'node:assert/strict';
import { runModuleJob } from '#platform/data/commands/module-job.ts';
import type { Installation } from './installation.ts';

/** Runs what a service does on a schedule, now. */
export async function runScheduled(installation: Installation, service: string, name: string): Promise<void> {
  const store = installation.running.services.find((one) => one.name === service)?.store;
  const job = store?.module.jobs.find((one) => one.name === name);
  assert.ok(store && job, `${service} has no job ${name}`);
  await runModuleJob(store, job);
}
