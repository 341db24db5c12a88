import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Router } from 'express';
import type { Authenticator } from '#platform/access/authenticate.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { authenticated } from '../authenticated.ts';
import { errorsPage } from './errors-page.ts';

/** The reference is a program of its own: it sets styles as it likes, but takes scripts and data from here alone. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <title>Tessera API</title>
  </head>
  <body>
    <div id="reference"></div>
    <script src="/api/docs/reference.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;

const START = `Scalar.createApiReference('#reference', { url: '/api/openapi.json', withDefaultFonts: false, hideClientButton: true, showDeveloperTools: 'never', telemetry: false, agent: { disabled: true }, mcp: { disabled: true } });\n`;

/** What a page without a program may load. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const DAY_MS = 86_400_000;

/**
 * `/api/docs`: the API reference, drawn from the live document, for whoever is signed in. Nothing of it comes from elsewhere.
 * `/api/docs/errors`: what error codes mean, for everybody, as who is refused may not be signed in.
 */
export function docsRouter(authenticator: Authenticator): Router {
  const require = createRequire(import.meta.url);
  const program = join(dirname(require.resolve('@scalar/api-reference')), 'browser', 'standalone.js');
  const router = Router();
  router.get('/reference.js', (_request, response) => response.sendFile(program, { maxAge: DAY_MS }));
  router.get('/start.js', (_request, response) => void response.type('text/javascript').end(START));
  router.get('/errors', (_request, response) => {
    response.setHeader('Content-Security-Policy', `${NOTHING}; style-src 'unsafe-inline'`);
    response.type('text/html').end(errorsPage());
  });
  router.get('/', async (request, response) => {
    try {
      await authenticated(authenticator, request);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not_signed_in') return response.redirect(302, '/login?to=%2Fapi%2Fdocs');
      throw error;
    }
    response.setHeader('Content-Security-Policy', POLICY);
    response.type('text/html').end(PAGE);
  });
  return router;
}
