import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Response } from 'express';
import { Refusal, type ErrorCode } from '#platform/kernel/errors.ts';
import { parseJson } from '#platform/kernel/json.ts';
import type { Log } from './log.ts';

const TITLES: { readonly [status: number]: string } = {
  400: 'The request is not understood',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not possible here',
  409: 'Not possible in this state',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Media type not supported',
  422: 'A value is refused',
  428: 'If-Match is required',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available at the moment',
  507: 'No room left',
};

/** The address that says what an error code means. */
export function typeOf(code: ErrorCode): string {
  return `/api/docs/errors#${code}`;
}

/** Answers a refusal as RFC 9457 `application/problem+json`. */
export function sendProblem(response: Response, refusal: Refusal): void {
  const { details, status } = refusal;
  if (details.retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(details.retryAfterSeconds));
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.end(JSON.stringify(problemOf(refusal)));
}

/** A refusal as the members of a problem, wherever it stands. */
export function problemOf({ details, status, code, message, sentence }: Refusal): { readonly [member: string]: unknown } {
  return {
    type: typeOf(code),
    title: TITLES[status] ?? 'Refused',
    status,
    code,
    detail: message,
    ...(sentence ? { sentence } : {}),
    errors: details.errors ?? [],
    traceId: randomUUID(),
    ...(details.other ? { other: details.other } : {}),
    ...(details.current ? { current: parseJson(details.current) } : {}),
    ...details.extra,
  };
}

/** The last middleware: refusals as they are, everything else as a 500 that tells its trace id and nothing more; the log has the rest. */
export function problemHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const refusal = refusalOf(error);
    if (refusal) return sendProblem(response, refusal);
    const traceId = randomUUID();
    log.error({ err: error, traceId, method: request.method, path: withoutLinks(request.path) }, 'A request failed');
    response.statusCode = 500;
    response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
    response.end(
      JSON.stringify({
        type: typeOf('internal'),
        title: TITLES[500],
        status: 500,
        code: 'internal',
        detail: `Something went wrong. Tell your administrator this number: ${traceId}`,
        errors: [],
        traceId,
      }),
    );
  };
}

/** Who has the token of a signed link may do what it allows: it is in no log. */
function withoutLinks(path: string): string {
  return path.replace(/(\/public\/[^/]+\/)[^/]+/, '$1…');
}

/** Errors of the framework that are the client's doing, in our words. */
function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (error instanceof URIError) return new Refusal('malformed_request', 'The address is not a valid URL.');
  return null;
}
