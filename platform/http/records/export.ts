import { once as happened } from 'node:events';
import { parseListQuery } from '#platform/data/read/query.ts';
import { readSource } from '#platform/data/read/source.ts';
import { runInWork } from '#platform/data/commands/work.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { exportRecords, EXPORT_FORMATS } from '#platform/transfer/export-records.ts';
import { recordsExported } from '#platform/transfer/records-exported.ts';
import { contentDisposition } from '../files/content-disposition.ts';
import type { Call } from './call.ts';
import { viewed } from './viewed.ts';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
} as const;
const NOT_HERE = ['limit', 'cursor', 'offset', 'count', 'expand'];

/** GET …/export: all that the filter matches, as it is read. Who left while it was under way is not written to any more. */
export async function exportAll(call: Call): Promise<void> {
  const { format: wanted, ...parameters } = call.request.query;
  const unknown = Object.keys(parameters).find((name) => NOT_HERE.includes(name));
  if (unknown !== undefined) throw new Refusal('unknown_name', `An export has no ${unknown}: it is all that the filter matches.`);
  const format = EXPORT_FORMATS.find((one) => one === (wanted ?? 'csv'));
  if (!format) throw new Refusal('malformed_request', `format is one of ${EXPORT_FORMATS.join(', ')}.`);
  const source = readSource(call.api.store, call.caller);
  const text = exportRecords(source, call.object, await viewed(call, parseListQuery(parameters, 'url'), source), format);
  // The first batch is read before the answer begins, so that a refusal is still one.
  const parts = [await text.next(), await text.next()];
  await tell(call, { format, query: JSON.stringify(parameters) });
  const { response } = call;
  response.statusCode = 200;
  response.setHeader('Content-Type', TYPES[format]);
  response.setHeader('Content-Disposition', contentDisposition('attachment', `${call.object.collection}.${format}`));
  for (const part of parts) if (!part.done) await write(call, part.value);
  if (!parts[1]?.done) for await (const part of text) if (!(await write(call, part))) break;
  response.end();
}

/** Waits while the client is slower than the database; false when it has gone. */
async function write({ response }: Call, text: string | Uint8Array): Promise<boolean> {
  if (response.destroyed) return false;
  if (!response.write(text)) await Promise.race([happened(response, 'drain'), happened(response, 'close')]);
  return !response.destroyed;
}

async function tell({ api, caller, object }: Call, what: { format: string; query: string }): Promise<void> {
  const event = recordsExported(api.store.module.name);
  await runInWork(api.store, caller, (work) => work.emit(event, object.name, { object: object.name, ...what }));
}
