import type { ServiceClient } from '#platform/access/service-client.ts';
import type { Readiness } from '#platform/http/readiness.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { serviceNamed } from '#platform/kernel/services.ts';
import type { AskFilled } from '#platform/metadata/filled.ts';
import type { AskFit, AskMisfits } from '#platform/metadata/fit.ts';
import type { Reach } from './routes/services.ts';

/** Millions of rows are looked at, on a machine that has other work. */
const FIT_MS = 40_000;

/** Asks an owning service which of its rows a change would not fit. */
export function askFit(client: ServiceClient): AskFit {
  return async (module, change) => trusted((await askRows(client, module, 'fit', change)) ?? { affected: 0, doNotFit: 0, samples: [] });
}

/** Asks an owning service for the rows that a change would not fit, page by page. */
export function askMisfits(client: ServiceClient): AskMisfits {
  return async (module, change, page) => trusted((await askRows(client, module, 'misfits', { change, page })) ?? []);
}

/** What the service answers about its rows; null where there is no such service. */
async function askRows(client: ServiceClient, module: string, question: string, body: unknown): Promise<unknown> {
  const service = serviceNamed(module);
  if (!service) return null;
  const path = `/api/${service.name}/internal/${question}`;
  const answer = await client.request(service.name, { method: 'POST', path, body, withinMs: FIT_MS });
  if (answer.status !== 200)
    throw new Refusal('core_unreachable', `The service ${module} cannot check its rows at the moment.`, { retryAfterSeconds: 2 });
  return answer.body;
}

/** Asks an owning service how many of an object's rows have a value in its fields. */
export function askFilled(client: ServiceClient): AskFilled {
  return async (module, object) => {
    const service = serviceNamed(module);
    if (!service) return null;
    const call = { method: 'POST', path: `/api/${service.name}/internal/filled`, body: { object } } as const;
    const answer = await client.request(service.name, call).catch(() => null);
    return answer?.status === 200 ? trusted(answer.body) : null;
  };
}

/** Asks a service whether it can serve, and why not. */
export function askReadiness(client: ServiceClient): Reach {
  return async (module) => {
    const service = serviceNamed(module);
    if (!service) return null;
    const answer = await client.request(service.name, { method: 'GET', path: `/api/${service.name}/readiness` }).catch(() => null);
    return answer?.status === 200 ? trusted<Readiness>(answer.body) : null;
  };
}
