import type { Request } from 'express';
import type { Authenticator } from '#platform/access/authenticate.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { isSafe, isSameOrigin } from './request.ts';

/** Who makes a request; at once when they are known already. */
export function authenticated(authenticator: Authenticator, request: Request): Caller | Promise<Caller> {
  const { authorization, cookie } = request.headers;
  return authenticator.authenticate({
    authorization,
    cookie,
    isSafe: isSafe(request),
    isSameOrigin: authorization !== undefined || isSameOrigin(request),
  });
}
