import type { Route, RouteRequest } from '#platform/kernel/route.ts';
import { fillAllMirrors, type MirrorJobOptions } from './mirror-job.ts';

/** The call with which an administrator has a service fill its mirrors anew: one that has lost rows is told by nothing else. */
export function mirrorRoutes(options: Pick<MirrorJobOptions, 'database' | 'schema'> & { readonly wake: () => void }): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/mirrors/actions/fill',
      summary: 'Fill the copies of records of other services anew; what is newer stays',
      access: 'administrator',
      query: {},
      status: 202,
      answer: {
        type: 'object',
        properties: {
          items: { type: 'array', items: { type: 'object', properties: { object: { type: 'string' }, job: { type: 'string' } } } },
        },
      },
      handler: async ({ caller }: RouteRequest) => {
        const items = await fillAllMirrors(options, caller.actor);
        options.wake();
        return { status: 202, body: { items } };
      },
    },
  ];
}
