import type { Database } from '#platform/data/database.ts';
import { invalidValues, Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import type { Route, RouteRequest } from '#platform/kernel/route.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { SERVICES, serviceNamed } from '#platform/kernel/services.ts';
import type { CatchUp } from './catch-up-job.ts';
import { jobOf } from './job.ts';
import { askResend, type Resend } from './resend-job.ts';

const BODY = {
  type: 'object',
  required: ['since'],
  additionalProperties: false,
  properties: {
    since: { type: 'string', format: 'date-time', description: 'Events from this instant on are sent again.' },
    consumer: { type: 'string', enum: SERVICES.map(({ name }) => name), description: 'The service that gets them; all when left out.' },
  },
} as const;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * The call with which an administrator has a service send its events again, and the one with which another service asks for those that it
 * has missed. Both make a job.
 */
export function resendRoutes({ database, module, wake }: { database: Database; module: string; wake: () => void }): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/outbox/actions/resend',
      summary: 'Send the events since an instant again; who had them ignores them',
      access: 'administrator',
      query: {},
      body: BODY,
      status: 202,
      handler: async ({ body, caller }: RouteRequest) => {
        const id = await askResend(database, resendOf(body), caller.actor);
        wake();
        return { status: 202, headers: { Location: `/api/${module}/jobs/${id}` }, body: await jobOf(database, id) };
      },
    },
    {
      method: 'POST',
      path: '/internal/resend',
      access: 'service',
      handler: async ({ body, caller }: RouteRequest) => {
        const id = await askResend(database, { ...trusted<CatchUp>(body), consumer: caller.name }, caller.actor);
        wake();
        return { status: 202, body: { id } };
      },
    },
  ];
}

function resendOf(body: unknown): Resend {
  if (!isRecord(body)) throw new Refusal('malformed_request', 'Send a JSON object with `since`.');
  const known = Object.keys(BODY.properties);
  const stranger = Object.keys(body).find((name) => !known.includes(name));
  if (stranger !== undefined) {
    const message = `There is no ${stranger.slice(0, 60)} here; ${known.join(', ')} can be given.${didYouMean(stranger, known)}`;
    throw new Refusal('unknown_name', message, { errors: [{ pointer: `/${stranger}`, field: stranger, rule: 'unknown', message }] });
  }
  const { since, consumer } = body;
  if (typeof since !== 'string' || !INSTANT.test(since) || Number.isNaN(Date.parse(since)))
    throw refused('since', 'format', 'since is an instant such as 2026-01-31T08:00:00Z.');
  if (consumer !== undefined && (typeof consumer !== 'string' || !serviceNamed(consumer)))
    throw refused('consumer', 'unknown', `consumer is one of ${SERVICES.map(({ name }) => name).join(', ')}.`);
  return { since: new Date(since).toISOString(), ...(typeof consumer === 'string' ? { consumer } : {}) };
}

function refused(field: string, rule: string, message: string): Refusal {
  return invalidValues([{ pointer: `/${field}`, field, rule, message }]);
}
