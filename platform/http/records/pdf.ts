import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { demandRecord } from '#platform/data/life/beside.ts';
import { readSource } from '#platform/data/read/source.ts';
import { demanded } from '#platform/documents/documents.ts';
import { issuedFile, issuedVersions, PDF } from '#platform/documents/issued.ts';
import { fileContent } from '#platform/files/read-file.ts';
import type { DocumentDefinition } from '#platform/kernel/documents/document.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { contentDisposition } from '../files/content-disposition.ts';
import { idOf } from './answer.ts';
import { sendJson, type Call } from './call.ts';
import { parameters } from './parameters.ts';

/** GET …/{id}/pdf: the document byte for byte as it was issued last, or as its n-th version was; before that, a draft of it as it is now. */
export async function pdf(call: Call): Promise<void> {
  const given = parameters(call.request, ['download', 'version']);
  const version = versionIn(given['version']);
  if (given['download'] !== undefined && given['download'] !== 'true' && given['download'] !== 'false')
    throw new Refusal('malformed_request', 'download is true or false.');
  const { api, object, response } = call;
  const id = await printedId(call);
  const kind = given['download'] === 'true' ? 'attachment' : 'inline';
  const issued = await issuedFile(api.store.database.read, object.id, id, version);
  if (!issued && version !== undefined) throw new Refusal('not_found', `There is no version ${version} of this document.`);
  response.setHeader('Content-Type', PDF);
  if (!issued) {
    const { name, bytes } = await api.documents.draft(object, id);
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Disposition', contentDisposition(kind, name));
    return void response.end(bytes);
  }
  const tag = `"${issued.hash.slice(0, 32)}"`;
  response.setHeader('ETag', tag);
  response.setHeader('Cache-Control', 'private, no-cache');
  if (call.request.headers['if-none-match'] === tag) return void response.writeHead(304).end();
  response.setHeader('Content-Length', String(issued.size));
  response.setHeader('Content-Disposition', contentDisposition(kind, issued.name));
  if (call.request.method === 'HEAD') return void response.end();
  await pipeline(Readable.from(fileContent(api.store.database, issued)), response).catch((error: unknown) => {
    // Who closes the window while it comes is no error.
    if (!response.closed && !response.destroyed) throw error;
  });
}

/** GET …/{id}/pdf/versions: what was issued of the record, the first one first. */
export async function pdfVersions(call: Call): Promise<void> {
  parameters(call.request, []);
  const { api, object } = call;
  const items = await issuedVersions(api.store.database.read, object.id, await printedId(call));
  sendJson(call.response, 200, JSON.stringify({ items }));
}

/** The record whose document is asked for, by somebody who may read all that it shows. */
async function printedId(call: Call): Promise<string> {
  const { api, object, caller } = call;
  const id = idOf(call);
  await demandRecord(readSource(api.store, caller), object, { id, deleted: 'any' });
  demandPrinted(call, demanded(api.documents.definitionOf(object), object));
  return id;
}

function versionIn(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^[1-9]\d{0,3}$/.test(given)) return Number(given);
  throw new Refusal('malformed_request', 'version is a number: 1 is what was issued first.');
}

/** A document shows what stands in fields: it is for those who may read every one of them. */
function demandPrinted({ api, object, caller }: Call, { prints }: DocumentDefinition): void {
  const index = api.store.schema();
  for (const path of prints) {
    const [name = '', inner] = path.split('.');
    const field = index.fieldsOf(object).all.find((one) => one.name === name || one.id === `${object.id}.${name}`);
    const child = field?.child === undefined ? undefined : index.byName.get(field.child);
    const shown = inner === undefined || !child ? field : index.fieldsOf(child).all.find((one) => one.id === `${child.id}.${inner}`);
    if (shown && !caller.permissions.on(object).mayRead(shown))
      throw new Refusal(
        'not_allowed',
        `${object.document?.label.en ?? object.label.en}: it shows what you may not read. Ask an administrator.`,
      );
  }
}
