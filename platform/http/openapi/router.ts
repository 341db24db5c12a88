import { createHash } from 'node:crypto';
import { Router } from 'express';
import type { Authenticator } from '#platform/access/authenticate.ts';
import type { Permissions } from '#platform/kernel/permissions.ts';
import { authenticated } from '../authenticated.ts';
import { openApiDocument, type ApiSource } from './document.ts';

/** Where documents come from: the metadata now, and whose keys are good. */
export type DocumentSource = {
  readonly authenticator: Authenticator;
  readonly version: () => number | Promise<number>;
  readonly sources: () => readonly ApiSource[] | Promise<readonly ApiSource[]>;
};

type Made = { readonly version: number; readonly text: string; readonly tag: string };

const KEPT_MAX = 50;

/** Serves an OpenAPI document at `path`, for whoever is signed in: one for each set of roles, made anew with each version. */
export function documentRouter(path: string, source: DocumentSource): Router {
  const kept = new Map<string, Made>();
  const documentFor = async (permissions: Permissions): Promise<Made> => {
    const version = await source.version();
    const known = kept.get(permissions.key);
    if (known?.version === version) return known;
    const text = JSON.stringify(openApiDocument(await source.sources(), version, permissions));
    const made = { version, text, tag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
    if (kept.size >= KEPT_MAX) kept.clear();
    kept.set(permissions.key, made);
    return made;
  };
  const router = Router({ caseSensitive: true });
  router.get(path, async (request, response) => {
    const { permissions } = await authenticated(source.authenticator, request);
    const { version, text, tag } = await documentFor(permissions);
    response.set({ 'X-Metadata-Version': String(version), ETag: tag, 'Cache-Control': 'private, no-cache' });
    if (request.headers['if-none-match'] === tag) return void response.status(304).end();
    response.type('application/json').end(text);
  });
  return router;
}
