import { Refusal } from '#platform/kernel/errors.ts';
import type { RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import type { AskMisfits, FitSample } from '#platform/metadata/fit.ts';
import { readChanges } from '../change.ts';
import type { Core } from '../core.ts';
import type { Fit } from '../draft.ts';
import { planChanges } from '../plan.ts';
import { named, numberOf, type CoreRoute } from './route.ts';

const PAGE = 50;
const PAGE_MAX = 1_000;
const CURSOR = /^(\d{1,3})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** `/changes/misfits`: every row that a set of changes does not fit, page by page. */
export function misfitsRoute(ask: AskMisfits): CoreRoute {
  return {
    method: 'POST',
    path: '/changes/misfits',
    summary: 'All records that a set of changes would not fit',
    access: 'administrator',
    query: { limit: { type: 'integer', minimum: 1, maximum: PAGE_MAX }, cursor: { type: 'string' } },
    body: named('Changes'),
    answer: named('Misfits'),
    handler: (core, request) => misfits(core, ask, request),
  };
}

async function misfits(core: Core, ask: AskMisfits, request: RouteRequest): Promise<RouteAnswer> {
  const changes = readChanges(request.body);
  const limit = numberOf(request, 'limit', PAGE_MAX) ?? PAGE;
  if (limit < 1) throw new Refusal('malformed_request', `"limit" is a whole number from 1 to ${PAGE_MAX}.`);
  const from = placeOf(request.query['cursor']);
  const { fits } = await core.planned(request.caller, (state, context) => planChanges(state, changes, context));
  const found = await rowsFrom(fits, from, { ask, most: limit + 1 });
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { status: 200, body: { items: items.map(({ fit: _fit, ...row }) => row), next: last ? `${last.fit}.${last.id}` : null } };
}

/** Where a page begins: at which of the changes' questions, and after which row of its answer. */
type From = { readonly fit: number; readonly after: string | null };

type Row = FitSample & { readonly fit: number; readonly object: string; readonly field: string };

async function rowsFrom(fits: readonly Fit[], from: From, { ask, most }: { ask: AskMisfits; most: number }): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [fit, { module, mustFit: _mustFit, ...change }] of fits.entries()) {
    if (fit < from.fit || rows.length >= most) continue;
    const page = { after: fit === from.fit ? from.after : null, limit: most - rows.length };
    const found = await ask(module, change, page);
    rows.push(...found.map((row) => ({ ...row, fit, object: change.object, field: change.after.name })));
  }
  return rows;
}

function placeOf(cursor: unknown): From {
  if (cursor === undefined) return { fit: 0, after: null };
  const [, fit, after] = (typeof cursor === 'string' && CURSOR.exec(cursor)) || [];
  if (fit === undefined || after === undefined)
    throw new Refusal('malformed_request', 'The cursor is the "next" of the page before, for the same changes.');
  return { fit: Number(fit), after };
}
