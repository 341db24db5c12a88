import { Refusal } from '#platform/kernel/errors.ts';
import type { Core } from '../core.ts';
import { knownObject } from './objects.ts';
import { changed, onlyKnown, optionsOf, param, tag, type CoreRequest, type CoreRoute } from './route.ts';

/** `/objects/{object}/layouts`: pages and list columns. The ETag of a layout is that of its object. */
export function layoutRoutes(core: Core): readonly CoreRoute[] {
  return [
    {
      method: 'GET',
      path: '/objects/:object/layouts',
      access: 'session',
      handle: async (request) => {
        onlyKnown(request, []);
        const object = knownObject(await core.state(), request);
        return { status: 200, headers: { etag: tag(object.version) }, body: { items: object.layouts } };
      },
    },
    {
      method: 'GET',
      path: '/objects/:object/layouts/:layout',
      access: 'session',
      handle: async (request) => {
        onlyKnown(request, []);
        const object = knownObject(await core.state(), request);
        const layout = object.layouts.find((one) => one.name === param(request, 'layout'));
        if (!layout) throw new Refusal('not_found', `${object.label.en} has no layout "${param(request, 'layout').slice(0, 80)}".`);
        return { status: 200, headers: { etag: tag(object.version) }, body: layout };
      },
    },
    {
      method: 'PUT',
      path: '/objects/:object/layouts/:layout',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, []);
        requireMatch(request);
        const [object, layout] = [param(request, 'object'), param(request, 'layout')];
        const applied = await core.applyChanges(
          request.caller,
          [{ change: { kind: 'setLayout', object, layout, value: request.body }, pointer: '' }],
          optionsOf(request, object),
        );
        return changed(applied, 200, { ...applied.objects[0]?.layouts.find((one) => one.name === layout) });
      },
    },
    {
      method: 'DELETE',
      path: '/objects/:object/layouts/:layout',
      access: 'administrator',
      handle: async (request) => {
        onlyKnown(request, []);
        const [object, layout] = [param(request, 'object'), param(request, 'layout')];
        const applied = await core.applyChanges(
          request.caller,
          [{ change: { kind: 'resetLayout', object, layout }, pointer: '' }],
          optionsOf(request, object),
        );
        return changed(applied, 200, { ...applied.objects[0]?.layouts.find((one) => one.name === layout) });
      },
    },
  ];
}

function requireMatch(request: CoreRequest): void {
  if (request.headers['if-match'] !== undefined) return;
  throw new Refusal('version_required', "Send the ETag of the layout you changed as If-Match, so that nobody else's change is lost.");
}
