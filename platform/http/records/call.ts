import type { Request, RequestHandler, Response } from 'express';
import type { Authenticator } from '#platform/access/authenticate.ts';
import type { AskOwnViews } from '#platform/access/core-client.ts';
import type { Store } from '#platform/data/store.ts';
import type { Documents } from '#platform/documents/documents.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { onWorkDate } from '#platform/kernel/work-date.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { authenticated } from '../authenticated.ts';
import { isRepeatable } from '../body.ts';
import { isSafe, pathParameter } from '../request.ts';

/** What the record API of one service stands on. `refreshSchema` compares with the core once and says whether there was something newer. */
export type RecordApi = {
  readonly store: Store;
  readonly authenticator: Authenticator;
  readonly documents: Documents;
  readonly refreshSchema: () => Promise<boolean>;
  /** The views that somebody has saved for themselves, which the core keeps. */
  readonly ownViews: AskOwnViews;
  /** Says that there is a new job. */
  readonly wakeJobs: () => void;
};

/** A request about one object, by somebody who is known. */
export type Call = {
  readonly api: RecordApi;
  readonly request: Request;
  readonly response: Response;
  readonly caller: Caller;
  readonly object: ObjectDefinition;
};

/**
 * A handler of the record API: finds out who calls and which object the path means, and answers. When a name is unknown, the schema is compared
 * with the core's once before that is said: the field may have been made a moment ago.
 */
export function onRecords(api: RecordApi, answer: (call: Call) => Promise<void>): RequestHandler {
  return async (request, response) => {
    response.setHeader('X-Metadata-Version', String(api.store.schema().version));
    const found = authenticated(api.authenticator, request);
    const known = 'then' in found ? await found : found;
    const caller = isSafe(request) ? known : onWorkDate(known, request.get('work-date'));
    try {
      await answerNow(api, { request, response, caller }, answer);
    } catch (error) {
      if (!isUnknownName(error) || !isRepeatable(request) || response.headersSent) throw error;
      if (!(await api.refreshSchema())) throw error;
      response.setHeader('X-Metadata-Version', String(api.store.schema().version));
      await answerNow(api, { request, response, caller }, answer);
    }
  };
}

function answerNow(
  api: RecordApi,
  at: Pick<Call, 'request' | 'response' | 'caller'>,
  answer: (call: Call) => Promise<void>,
): Promise<void> {
  return answer({ api, ...at, object: objectOf(api.store, at.caller, pathParameter(at.request, 'collection')) });
}

function isUnknownName(error: unknown): boolean {
  return (
    error instanceof Refusal &&
    (error.code === 'unknown_name' || (error.code === 'not_found' && error.details.extra?.['collection'] !== undefined))
  );
}

/** The object of a collection. One that the caller has no right to is unknown to them. */
function objectOf(store: Store, caller: Caller, collection: string): ObjectDefinition {
  const index = store.schema();
  const object = index.byCollection.get(collection);
  if (object && caller.permissions.on(object).read) return object;
  if (object && (caller.permissions.on(object).create || caller.permissions.on(object).edit)) return object;
  const known = index.objects.filter((one) => caller.permissions.on(one).read).map((one) => one.collection);
  throw new Refusal('not_found', `There is no collection ${collection.slice(0, 60)}.${didYouMean(collection, known)}`, {
    extra: { collection },
  });
}

/** Ends an answer with JSON text. */
export function sendJson(response: Response, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(text);
}
