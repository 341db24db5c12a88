import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { Router, type RequestHandler, type Response } from 'express';

const YEAR_SECONDS = 31_536_000;

/** Serves the built screens: hashed files for a year, and for every other address the page itself, with a fresh nonce for its styles. */
export function screens(folder: string): Router {
  const router = Router();
  const page = join(folder, 'index.html');
  const html = existsSync(page) ? readFileSync(page, 'utf8') : MISSING;
  router.use(
    '/assets',
    compressedTwins(join(folder, 'assets')),
    express.static(join(folder, 'assets'), {
      maxAge: YEAR_SECONDS * 1000,
      immutable: true,
      index: false,
    }),
    // A page that was open during an update asks for files that are gone.
    (_request, response) => void response.status(404).end(),
  );
  router.use(express.static(folder, { index: false, maxAge: 0 }));
  router.get(/^\/(?!api\/).*/, (_request, response) => sendPage(response, html));
  return router;
}

const TWINS = { br: '.br', gzip: '.gz' } as const;

/** Leads to the compressed twin that the build laid beside a file, where the browser takes it. */
function compressedTwins(folder: string): RequestHandler {
  const names = new Set(existsSync(folder) ? readdirSync(folder) : []);
  return (request, response, next) => {
    response.setHeader('Vary', 'Accept-Encoding');
    const encoding = request.acceptsEncodings('br', 'gzip');
    const suffix = encoding === 'br' || encoding === 'gzip' ? TWINS[encoding] : undefined;
    if (suffix !== undefined && names.has(`${request.path.slice(1)}${suffix}`)) {
      response.type(extname(request.path));
      response.setHeader('Content-Encoding', String(encoding));
      request.url = `${request.path}${suffix}`;
    }
    next();
  };
}

const MISSING =
  '<!doctype html><html lang="en"><title>Tessera</title><body><p>The screens have not been built. Run: npm run build</p></body></html>';

/** Everything from ourselves; styles only from ourselves or with this answer's nonce; no frames. */
function sendPage(response: Response, html: string): void {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader(
    'Content-Security-Policy',
    `default-src 'self'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  );
  response.end(html.replaceAll('__CSP_NONCE__', nonce));
}
