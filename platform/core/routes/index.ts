import type { Route } from '#platform/kernel/route.ts';
import type { AskFilled } from '#platform/metadata/filled.ts';
import type { AskMisfits } from '#platform/metadata/fit.ts';
import type { Core } from '../core.ts';
import { CHANGE_ROUTES } from './changes.ts';
import { misfitsRoute } from './misfits.ts';
import { FIELD_TYPE_ROUTES } from './field-types.ts';
import { FIELD_ROUTES } from './fields.ts';
import { FILE_ROUTES } from './files.ts';
import { LAYOUT_ROUTES } from './layouts.ts';
import { OBJECT_ROUTES } from './objects.ts';
import { OPTION_LIST_ROUTES } from './option-lists.ts';
import { serviceRoutes, type Reach } from './services.ts';
import { usageRoute } from './usage.ts';
import { VIEW_ROUTES } from './views.ts';

/** What the routes ask the owning services. */
type Asks = { readonly reach: Reach; readonly filled: AskFilled; readonly misfits: AskMisfits };

/** Every route of the metadata API, below `/api/platform`. */
export function coreRoutes(core: Core, { reach, filled, misfits }: Asks): readonly Route[] {
  const table = [
    ...OBJECT_ROUTES,
    usageRoute(filled),
    ...FIELD_TYPE_ROUTES,
    ...FIELD_ROUTES,
    ...OPTION_LIST_ROUTES,
    ...LAYOUT_ROUTES,
    ...VIEW_ROUTES,
    ...CHANGE_ROUTES,
    misfitsRoute(misfits),
    ...FILE_ROUTES,
    ...serviceRoutes(reach),
  ];
  return table.map((route) => ({ ...route, handler: (request) => route.handler(core, request) }));
}
