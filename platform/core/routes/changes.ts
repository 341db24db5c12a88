import { Refusal } from '#platform/kernel/errors.ts';
import type { RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import { listTarget } from '#platform/metadata/option-lists.ts';
import { readChanges } from '../change.ts';
import type { Core, LogEntry } from '../core.ts';
import { changed, named, NO_QUERY, numberOf, optionsOf, param, type CoreRoute } from './route.ts';

const PAGE = 50;
const PAGE_MAX = 200;

const ADMINISTRATOR = { access: 'administrator', query: NO_QUERY } as const;

/** `/changes`: preview, apply as one or none, the log, take back. */
export const CHANGE_ROUTES: readonly CoreRoute[] = [
  {
    ...ADMINISTRATOR,
    method: 'POST',
    path: '/changes/preview',
    summary: 'What a set of changes would do',
    body: named('Changes'),
    answer: named('Preview'),
    handler: preview,
  },
  {
    ...ADMINISTRATOR,
    method: 'POST',
    path: '/changes',
    summary: 'Apply a set of changes as one or none',
    headers: ['Prefer'],
    body: named('Changes'),
    answer: named('AppliedChanges'),
    handler: apply,
  },
  {
    ...ADMINISTRATOR,
    method: 'GET',
    path: '/changes',
    summary: 'The log: who, when, what',
    query: {
      object: { type: 'string', description: 'Only what touched this object.' },
      optionList: { type: 'string', description: 'Only what changed this option list.' },
      limit: { type: 'integer', minimum: 1, maximum: PAGE_MAX },
      cursor: { type: 'string' },
    },
    answer: {
      type: 'object',
      properties: { items: { type: 'array', items: named('ChangeEntry') }, next: { type: ['string', 'null'] } },
    },
    handler: listChanges,
  },
  {
    ...ADMINISTRATOR,
    method: 'GET',
    path: '/changes/:version',
    summary: 'One version of the metadata, with its steps',
    answer: named('ChangeEntry'),
    handler: getChange,
  },
  {
    ...ADMINISTRATOR,
    method: 'POST',
    path: '/changes/:version/undo',
    summary: 'Take a version back',
    headers: ['Prefer'],
    answer: named('AppliedChanges'),
    handler: undo,
  },
];

async function preview(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  return { status: 200, body: await core.previewChanges(request.caller, readChanges(request.body)) };
}

async function apply(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const applied = await core.applyChanges(request.caller, readChanges(request.body), optionsOf(request));
  return changed(applied, 200, { state: 'active', objects: applied.objects });
}

async function listChanges(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const limit = numberOf(request, 'limit', PAGE_MAX) ?? PAGE;
  const before = numberOf(request, 'cursor', Number.MAX_SAFE_INTEGER);
  const { object, optionList } = request.query;
  const entries = await core.log({
    limit: limit + 1,
    ...(before === undefined ? {} : { before }),
    ...(typeof object === 'string' ? { object } : {}),
    ...(typeof optionList === 'string' ? { changing: listTarget(optionList) } : {}),
  });
  const items = entries.slice(0, limit).map((entry) => logItem(entry, request));
  return { status: 200, body: { items, next: entries.length > limit ? String(items.at(-1)?.version) : null } };
}

async function getChange(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const version = versionOf(request);
  const [entry] = await core.log({ before: version + 1, limit: 1 });
  if (entry?.row.version !== version) throw new Refusal('not_found', `There is no version ${version}.`);
  const { changes, forward, conflicts } = entry.row;
  return { status: 200, body: { ...logItem(entry, request), changes, steps: forward, conflicts } };
}

async function undo(core: Core, request: RouteRequest): Promise<RouteAnswer> {
  const applied = await core.undo(request.caller, versionOf(request), optionsOf(request));
  return changed(applied, 200, { state: 'active', objects: applied.objects });
}

function logItem(
  { row, state, undoable, reason }: LogEntry,
  request: RouteRequest,
): { readonly version: number; readonly [key: string]: unknown } {
  return {
    version: row.version,
    at: row.at,
    by: row.actor,
    byName: row.actorName,
    kind: row.kind,
    summary: row.summary[request.caller.language] ?? row.summary.en,
    summaries: row.summary,
    ...(row.objects.length === 1 ? { object: row.objects[0] } : {}),
    objects: row.objects,
    state,
    undoable,
    ...(reason === undefined ? {} : { reason }),
    ...(row.undoes === undefined ? {} : { undoes: row.undoes }),
    ...(row.undoneBy === undefined ? {} : { undoneBy: row.undoneBy }),
    ...(row.conflicts.length === 0 ? {} : { conflicts: row.conflicts }),
  };
}

function versionOf(request: RouteRequest): number {
  const given = param(request, 'version');
  if (!/^[1-9]\d{0,14}$/.test(given)) throw new Refusal('not_found', `There is no version "${given.slice(0, 40)}".`);
  return Number(given);
}
