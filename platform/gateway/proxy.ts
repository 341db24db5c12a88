import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import express, { type Express, type Request, type Response } from 'express';
import { createProxyServer } from 'http-proxy-3';
import { drain, listen } from '#platform/http/listen.ts';
import { sendProblem } from '#platform/http/problem.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { ServiceName } from '#platform/kernel/services.ts';
import { BODY_BYTES_MAX, PRIVATE_HEADERS, routeOf } from './routes.ts';

/** Where the gateway listens, and where the services are. */
export type GatewayOptions = {
  readonly host: string;
  readonly port: number;
  readonly urlOf: (service: ServiceName) => string;
  readonly isReady: () => Promise<boolean>;
  /** Resolves when a service that is just being started again serves, or when it has been waited for long enough. */
  readonly untilServing?: (service: ServiceName) => Promise<void> | undefined;
};

/** Said by us alone: nobody tells us who they are by claiming to be a proxy. */
const FORWARDED_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto'];
const CORRELATION = /^[A-Za-z0-9-]{8,64}$/;

/**
 * The gateway of `npm run start:services`: the same routes, limits and headers as Kong's file, in Node. Nothing is sent twice, because
 * a write must not be: the client repeats with its Idempotency-Key. Throws ListenError.
 */
export async function startGateway(options: GatewayOptions): Promise<{ readonly stop: () => Promise<void> }> {
  const server = await listen(options, gatewayApp(options));
  return { stop: () => drain(server) };
}

function gatewayApp(options: GatewayOptions): Express {
  const forward = openForward(options);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get('/healthz', (_request, response) => void response.type('text/plain').end('ok'));
  app.get('/readyz', async (_request, response) => {
    const isReady = await options.isReady();
    response
      .status(isReady ? 200 : 503)
      .type('text/plain')
      .end(isReady ? 'ok' : 'not ready');
  });
  app.use(async (request, response) => {
    const route = routeOf(request.path);
    if (!route || route.service === 'none' || route.service === 'gateway')
      return sendProblem(response, new Refusal('not_found', `There is nothing at ${request.path.slice(0, 200)}.`));
    if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES_MAX)
      return sendProblem(response, new Refusal('too_large', `A request has at most ${BODY_BYTES_MAX / 1024 / 1024} MB.`));
    await options.untilServing?.(route.service);
    return forward(request, response, { service: route.service, timeout: route.timeoutSeconds * 1000 });
  });
  return app;
}

type Target = { readonly service: ServiceName; readonly timeout: number };

function openForward({ urlOf }: GatewayOptions): (request: Request, response: Response, target: Target) => void {
  const proxy = createProxyServer({ xfwd: true, agent: new Agent({ keepAlive: true, maxFreeSockets: 64 }) });
  return (request, response, { service, timeout }) => {
    const given = String(request.headers['x-correlation-id'] ?? '');
    const correlation = CORRELATION.test(given) ? given : randomUUID();
    for (const name of PRIVATE_HEADERS) delete request.headers[name.toLowerCase()];
    for (const name of FORWARDED_HEADERS) delete request.headers[name];
    request.headers['x-correlation-id'] = correlation;
    response.setHeader('X-Correlation-Id', correlation);
    proxy.web(request, response, { target: urlOf(service), proxyTimeout: timeout }, () => {
      if (response.headersSent) return response.destroy();
      sendProblem(
        response,
        new Refusal('core_unreachable', `The service ${service} cannot be reached at the moment.`, { retryAfterSeconds: 2 }),
      );
    });
  };
}
