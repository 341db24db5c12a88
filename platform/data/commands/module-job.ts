import type { Begin, Job } from '#platform/kernel/module.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import type { Store } from '../store.ts';
import { reportFor } from './ask-owners.ts';
import { runInWork } from './work.ts';

/** Runs a job of a module as the module itself. */
export async function runModuleJob(store: Store, job: Job): Promise<void> {
  const begin = beginAs(store);
  await ('steps' in job ? job.steps(begin, reportFor(store, systemCaller(store.module.name).actor), store.elsewhere) : begin(job.run));
}

/** Transactions in a module's database on behalf of itself. */
export function beginAs(store: Store): Begin {
  return (run) => runInWork(store, systemCaller(store.module.name), run);
}
