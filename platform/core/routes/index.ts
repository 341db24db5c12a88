import type { Core } from '../core.ts';
import { changeRoutes } from './changes.ts';
import { fieldTypeRoutes } from './field-types.ts';
import { fieldRoutes } from './fields.ts';
import { layoutRoutes } from './layouts.ts';
import { objectRoutes } from './objects.ts';
import type { CoreRoute } from './route.ts';
import { serviceRoutes, type Reach } from './services.ts';
import { viewRoutes } from './views.ts';

/** Every route of the metadata API, below `/api/platform`. `reach` asks whether a service answers. */
export function coreRoutes(core: Core, reach: Reach): readonly CoreRoute[] {
  return [
    ...objectRoutes(core),
    ...fieldTypeRoutes,
    ...fieldRoutes(core),
    ...layoutRoutes(core),
    ...viewRoutes(core),
    ...changeRoutes(core),
    ...serviceRoutes(core, reach),
  ];
}
