import type { Answer, Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { must, SPECIMENS } from './specimen.ts';

/** How an import is asked for: `by`, `mapping`, `dryRun` and so on, as the form has them. */
export type ImportOptions = { readonly [name: string]: string };

/** Uploads a file whose rows are to be records of the collection at `path`, as a form does. The answer is the job, or why there is none. */
export async function sendImport(
  client: Client,
  content: string | ArrayBuffer | Uint8Array<ArrayBuffer>,
  options: ImportOptions = {},
  path = SPECIMENS,
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(options)) form.append(name, value);
  form.append('file', new Blob([content], { type: 'text/csv' }), 'records.csv');
  const headers = { authorization: `Bearer ${client.token}` };
  const response = await fetch(`${client.url}${path}/import`, { method: 'POST', headers, body: form });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** A job of offers as it has ended. */
export function endedJob(client: Client, id: string, seconds = 60): Promise<Answer['body']> {
  const look = async (): Promise<Answer['body']> => {
    const { body } = await must(200, client.get(`/api/offers/jobs/${id}`));
    return ['done', 'failed', 'cancelled'].includes(body.state) && body;
  };
  return eventually('the end of the job', look, seconds);
}

/** The job of an import as it has ended. */
export async function importedBy(
  client: Client,
  content: string | ArrayBuffer | Uint8Array<ArrayBuffer>,
  options: ImportOptions = {},
  path = SPECIMENS,
): Promise<Answer['body']> {
  return endedJob(client, (await must(202, sendImport(client, content, options, path))).body.id);
}
