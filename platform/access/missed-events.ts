import type { CatchUp } from '#platform/jobs/catch-up-job.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { ServiceName } from '#platform/kernel/services.ts';
import type { ServiceClient } from './service-client.ts';

/** Asks a service to send its events again to this one. Refuses with `core_unreachable` when it has not taken the request. */
export function askProducer(client: ServiceClient): (producer: ServiceName, wanted: CatchUp) => Promise<void> {
  return async (producer, wanted) => {
    const { status } = await client.request(producer, { method: 'POST', path: `/api/${producer}/internal/resend`, body: wanted });
    if (status === 202) return;
    throw new Refusal('core_unreachable', `The service ${producer} answered ${status} when asked for its events.`, {
      retryAfterSeconds: 2,
    });
  };
}
