import { eventsOf } from '#platform/http/common-events.ts';
import { defineModule, type EventDefinition, type Module } from '#platform/kernel/module.ts';
import { SERVICES } from '#platform/kernel/services.ts';
import { coreModule } from './module.ts';

/** Every business event that may be told: those of these modules, of the core, and those that every service has. Those of records come besides. */
export function declaredEvents(modules: readonly Module[]): readonly EventDefinition[] {
  return SERVICES.flatMap(({ name }) =>
    eventsOf(name === 'platform' ? coreModule : (modules.find((one) => one.name === name) ?? defineModule({ name, objects: [] }))),
  );
}
