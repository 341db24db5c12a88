import { dayIn } from '#platform/kernel/relative-date.ts';
import { described, LISTED, mayHave, type ModuleReports } from '#platform/http/reports/known-reports.ts';
import type { Route } from '#platform/kernel/route.ts';
import type { Core } from './core.ts';

/** `GET /api/platform/reports`: the reports of all services that the caller may have. All services are of one code base, so the core knows them. */
export function allReportsRoute(core: Pick<Core, 'state'>, modules: readonly ModuleReports[]): Route {
  return {
    method: 'GET',
    path: '/reports',
    summary: 'The reports of all services',
    ...LISTED,
    handler: async ({ caller }) => {
      const { objects } = await core.state();
      const active = new Map(objects.filter(({ state }) => state === 'active').map((object) => [object.name, object]));
      const today = dayIn(caller.timeZone, new Date());
      const items = modules.flatMap(({ name: module, reports }) =>
        reports
          .filter((report) => mayHave(caller, report, (name) => active.get(name)))
          .map((report) => ({ module, ...described(report, today) })),
      );
      return { status: 200, body: { items } };
    },
  };
}
