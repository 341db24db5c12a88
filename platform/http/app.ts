import express, { type Express, type RequestHandler, type Router } from 'express';
import type { Log } from './log.ts';
import type { Readiness } from './readiness.ts';
import { problemHandler } from './problem.ts';
import { parseQuery } from './query-string.ts';
import { noSuchAddress } from './request.ts';
import { screens } from './screens.ts';

/** What one port serves: APIs by module, and the screens where the core is. */
export type AppOptions = {
  readonly log: Log;
  /** Routers under `/api/{module}`, and of the core `openapi.json`, `docs` and `search`; may grow while services start. */
  readonly modules: ReadonlyMap<string, Router>;
  /** Whether everything here can serve; of a service at its own port with reasons, and with `/metrics`. At the gateway without. */
  readonly readiness: () => Promise<Readiness>;
  readonly metrics?: { readonly observe: RequestHandler; readonly serve: RequestHandler };
  /** A proxy of ours stands in front, so that its word on the caller's address is taken. */
  readonly isBehindGateway: boolean;
  /** Folder of the built screens; absent on services without them. */
  readonly screensFolder?: string;
};

/** The HTTP application. One message for what does not exist, problems for what goes wrong, security headers on every answer. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', parseQuery);
  app.set('trust proxy', options.isBehindGateway ? ['loopback', 'linklocal', 'uniquelocal'] : false);
  app.use(securityHeaders);
  if (options.metrics) app.use(options.metrics.observe);
  app.use('/api/:module', apiOf(options));
  app.get('/healthz', (_request, response) => void response.type('text/plain').end('ok'));
  app.get('/readyz', readyz(options));
  app.get('/metrics', options.metrics?.serve ?? nothingHere);
  app.use('/internal', nothingHere);
  app.use('/api', nothingHere);
  if (options.screensFolder !== undefined) app.use(screens(options.screensFolder));
  app.use(nothingHere);
  app.use(problemHandler(options.log));
  return app;
}

function readyz({ readiness, metrics }: AppOptions): RequestHandler {
  return async (_request, response) => {
    const found = await readiness();
    response.status(found.ready ? 200 : 503).setHeader('Cache-Control', 'no-store');
    if (metrics) response.json(found);
    else response.type('text/plain').end(found.ready ? 'ok' : 'not ready');
  };
}

function apiOf(options: AppOptions): RequestHandler {
  return (request, response, next) => {
    const router = options.modules.get(String(request.params['module']));
    if (!router) return next();
    response.setHeader('Cache-Control', 'no-store');
    router(request, response, next);
  };
}

const securityHeaders: RequestHandler = (_request, response, next) => {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  next();
};

const nothingHere: RequestHandler = (request) => {
  throw noSuchAddress(request);
};
