import type { Json } from '#platform/kernel/model.ts';
import type { EventDefinition } from '#platform/kernel/module.ts';
import { compileSchema, type CheckSchema } from '#platform/metadata/schema-compiler.ts';

const compiled = new WeakMap<EventDefinition, CheckSchema>();

/**
 * Holds an event against what its module declares. Others react to it by that declaration, so one that is not declared, or whose data
 * do not fit, is a fault of the code that tells it: throws, and takes its transaction back.
 */
export function checkDeclared(declared: readonly EventDefinition[], type: string, data: { readonly [key: string]: Json }): void {
  const definition = declared.find((event) => event.type === type);
  if (!definition) throw new Error(`The event ${type} is not declared by the module that tells it.`);
  const wrong = checkOf(definition)(data)[0];
  if (wrong) throw new Error(`The data of ${type} do not fit their schema: ${wrong.instancePath || 'they'} ${wrong.message ?? ''}.`);
}

function checkOf(definition: EventDefinition): CheckSchema {
  const known = compiled.get(definition);
  if (known) return known;
  const made = compileSchema(definition.schema);
  compiled.set(definition, made);
  return made;
}
