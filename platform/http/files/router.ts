import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import type { Authenticator } from '#platform/access/authenticate.ts';
import { mayReadFile } from '#platform/data/read/held-file.ts';
import { readSource } from '#platform/data/read/source.ts';
import type { Store } from '#platform/data/store.ts';
import { findFile, type StoredFile } from '#platform/files/file.ts';
import { fileContent } from '#platform/files/read-file.ts';
import { THUMBNAIL_EDGES, THUMBNAIL_TYPE, thumbnailOf } from '#platform/files/thumbnail.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { authenticated } from '../authenticated.ts';
import { pathParameter } from '../request.ts';
import { contentDisposition } from './content-disposition.ts';
import { receiveFile } from './receive.ts';

/** What the file API of one service stands on. */
export type FileApi = { readonly store: Store; readonly authenticator: Authenticator };

/** What a browser may show in place; all else is saved. None of these can run a script. */
const SHOWN: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp', 'text/plain'];

/** `POST /files` and `GET /files/{id}` of one service, to be mounted under `/api/{module}`. */
export function fileRouter(api: FileApi): Router {
  const router = Router({ caseSensitive: true });
  router.post('/files', (request, response) => upload(api, request, response));
  router.get('/files/:id', (request, response) => download(api, request, response));
  return router;
}

async function upload(api: FileApi, request: Request, response: Response): Promise<void> {
  const caller = await authenticated(api.authenticator, request);
  const { id, name, type, size } = await receiveFile(request, { database: api.store.database, by: caller.actor });
  response.statusCode = 201;
  response.setHeader('Location', `${request.baseUrl}/files/${id}`);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify({ id, name, type, size }));
}

async function download(api: FileApi, request: Request, response: Response): Promise<void> {
  const caller = await authenticated(api.authenticator, request);
  const asked = parametersOf(request);
  const file = await findFile(api.store.database, pathParameter(request, 'id'));
  if (!file || !(await mayReadFile(readSource(api.store, caller), file))) throw new Refusal('not_found', 'There is no such file.');
  const tag = `"${file.hash.slice(0, 32)}${asked.edge === null ? '' : `-${asked.edge}`}"`;
  response.setHeader('ETag', tag);
  response.setHeader('Cache-Control', 'private, no-cache');
  if (request.headers['if-none-match'] === tag) return void response.writeHead(304).end();
  setHarmless(response);
  if (asked.edge !== null) return sendThumbnail(api, file, { response, edge: asked.edge });
  const isShown = SHOWN.includes(file.type) && !asked.isSaved;
  response.setHeader('Content-Type', file.type === 'text/plain' ? 'text/plain; charset=utf-8' : file.type);
  response.setHeader('Content-Length', String(file.size));
  response.setHeader('Content-Disposition', contentDisposition(isShown ? 'inline' : 'attachment', file.name));
  if (request.method === 'HEAD') return void response.end();
  await pipeline(Readable.from(fileContent(api.store.database, file)), response).catch(ignoreLeaving(response));
}

async function sendThumbnail(api: FileApi, file: StoredFile, at: { response: Response; edge: number }): Promise<void> {
  const bytes = await thumbnailOf(api.store.database, file, at.edge);
  if (!bytes) throw new Refusal('not_found', `${file.name} is no picture that can be made smaller.`);
  at.response.setHeader('Content-Type', THUMBNAIL_TYPE);
  at.response.setHeader('Content-Disposition', contentDisposition('inline', `${file.name}.webp`));
  at.response.end(bytes);
}

/** Whatever somebody uploaded runs nothing here, loads nothing, and belongs to no page of ours. */
function setHarmless(response: Response): void {
  response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'");
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
}

function parametersOf(request: Request): { edge: number | null; isSaved: boolean } {
  const known = ['thumbnail', 'download'];
  const wrong = Object.keys(request.query).find((name) => !known.includes(name));
  if (wrong !== undefined) throw new Refusal('unknown_name', `There is no parameter ${wrong.slice(0, 60)}.${didYouMean(wrong, known)}`);
  const { thumbnail, download: saved } = request.query;
  if (saved !== undefined && saved !== 'true' && saved !== 'false') throw new Refusal('malformed_request', 'download is true or false.');
  if (thumbnail === undefined) return { edge: null, isSaved: saved === 'true' };
  const edge = THUMBNAIL_EDGES.find((one) => String(one) === thumbnail);
  if (edge === undefined) throw new Refusal('malformed_request', `thumbnail is one of ${THUMBNAIL_EDGES.join(', ')}.`);
  return { edge, isSaved: false };
}

/** Who closes the window while a file comes is no error; what breaks on our side has ended the answer already. */
function ignoreLeaving(response: Response): (error: unknown) => void {
  return (error) => {
    if (!response.closed && !response.destroyed) throw error;
  };
}
