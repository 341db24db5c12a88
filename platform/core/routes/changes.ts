import { Refusal } from '#platform/kernel/errors.ts';
import { readChanges } from '../change.ts';
import type { Core, LogEntry } from '../core.ts';
import { changed, numberOf, onlyKnown, optionsOf, param, type CoreRequest, type CoreRoute } from './route.ts';

const PAGE = 50;
const PAGE_MAX = 200;

/** `/changes`: preview, apply as one or none, the log, take back. */
export function changeRoutes(core: Core): readonly CoreRoute[] {
  return [
    {
      method: 'POST',
      path: '/changes/preview',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, []);
        return { status: 200, body: await core.previewChanges(request.caller, readChanges(request.body)) };
      },
    },
    {
      method: 'POST',
      path: '/changes',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, []);
        const applied = await core.applyChanges(request.caller, readChanges(request.body), optionsOf(request));
        return changed(applied, 200, { state: 'active', objects: applied.objects });
      },
    },
    {
      method: 'GET',
      path: '/changes',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, ['object', 'limit', 'cursor']);
        const limit = numberOf(request, 'limit', PAGE_MAX) ?? PAGE;
        const before = numberOf(request, 'cursor', Number.MAX_SAFE_INTEGER);
        const { object } = request.query;
        const entries = await core.log({
          limit: limit + 1,
          ...(before === undefined ? {} : { before }),
          ...(typeof object === 'string' ? { object } : {}),
        });
        const items = entries.slice(0, limit).map((entry) => logItem(entry, request));
        return { status: 200, body: { items, next: entries.length > limit ? String(items.at(-1)?.version) : null } };
      },
    },
    {
      method: 'GET',
      path: '/changes/:version',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, []);
        const version = versionOf(request);
        const [entry] = await core.log({ before: version + 1, limit: 1 });
        if (entry?.row.version !== version) throw new Refusal('not_found', `There is no version ${version}.`);
        return {
          status: 200,
          body: {
            ...logItem(entry, request),
            changes: entry.row.changes,
            steps: entry.row.forward,
            conflicts: entry.row.conflicts,
          },
        };
      },
    },
    {
      method: 'POST',
      path: '/changes/:version/undo',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, []);
        const applied = await core.undo(request.caller, versionOf(request), optionsOf(request));
        return changed(applied, 200, { state: 'active', objects: applied.objects });
      },
    },
  ];
}

function logItem(
  { row, state, undoable, reason }: LogEntry,
  request: CoreRequest,
): { readonly version: number; readonly [key: string]: unknown } {
  return {
    version: row.version,
    at: row.at,
    by: row.actor,
    byName: row.actorName,
    kind: row.kind,
    summary: row.summary[request.caller.language] ?? row.summary.en,
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

function versionOf(request: CoreRequest): number {
  const given = param(request, 'version');
  if (!/^[1-9]\d{0,14}$/.test(given)) throw new Refusal('not_found', `There is no version "${given.slice(0, 40)}".`);
  return Number(given);
}
