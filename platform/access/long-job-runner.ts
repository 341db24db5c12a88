import { beginAs } from '#platform/data/commands/module-job.ts';
import { openWork } from '#platform/data/commands/work.ts';
import type { Store } from '#platform/data/store.ts';
import { refuseAway } from '#platform/jobs/resend-job.ts';
import type { Bus } from '#platform/messaging/bus.ts';
import type { Runner } from '#platform/jobs/runner.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { longJobKind, type LongJob } from '#platform/kernel/long-job.ts';
import type { Json } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { serviceNamed } from '#platform/kernel/services.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import type { ServiceClient } from './service-client.ts';

/** Who else long work deals with. */
type Outside = { readonly client: Pick<ServiceClient, 'request'>; readonly bus: Pick<Bus, 'resend'> };

/** Runs a long job of a module as the module itself, for whoever asked for it. */
export function longJobRunner(store: Store, { name, run }: LongJob, { client, bus }: Outside): Runner {
  const caller = systemCaller(store.module.name);
  return {
    kind: longJobKind(name),
    isLong: true,
    run: ({ id, input, checkpoint, step }) =>
      run({
        id,
        input,
        checkpoint,
        begin: beginAs(store),
        step: async (portion) => {
          await step(async (transaction) => portion(await openWork(store, caller, transaction, {})));
          store.wake();
        },
        ask: (service, path) => answerOf(client, service, path),
        deliver: (service, events) => bus.resend(service, events).catch(refuseAway),
      }),
  };
}

async function answerOf(client: Pick<ServiceClient, 'request'>, service: string, path: string): Promise<Json> {
  const known = serviceNamed(service);
  if (!known) throw new Error(`There is no service ${service}.`);
  const { status, body } = await client.request(known.name, { method: 'GET', path: `/api/${known.name}${path}` });
  if (status === 404) throw new Refusal('not_found', `The service ${service} has nothing at ${path.split('?')[0]}.`);
  if (status !== 200) throw new Refusal('core_unreachable', `The service ${service} answered ${status}.`, { retryAfterSeconds: 2 });
  return trusted<Json>(body);
}
