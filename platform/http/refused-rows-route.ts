import type { Database } from '#platform/data/database.ts';
import { visibleJob } from '#platform/jobs/job-routes.ts';
import { isList, parseObject, plainText } from '#platform/kernel/json.ts';
import type { Route } from '#platform/kernel/route.ts';
import { refusedRows } from '#platform/transfer/refused-rows.ts';
import { contentDisposition } from './files/content-disposition.ts';

/** `GET /jobs/{id}/refused`: the refused rows of an import as CSV, to be corrected and sent again. */
export function refusedRowsRoute(database: Database): Route {
  return {
    method: 'GET',
    path: '/jobs/:id/refused',
    handler: async (request) => {
      const job = await visibleJob(database, request);
      const [row] = await database.read({ text: 'select input from platform.job where id = $1::uuid', values: [job.id] });
      const { headers } = parseObject(row?.[0]);
      const names = isList(headers) ? headers.map(plainText) : [];
      return {
        status: 200,
        headers: { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': contentDisposition('attachment', 'refused.csv') },
        body: refusedRows(names, job.errors, request.caller.language),
      };
    },
  };
}
