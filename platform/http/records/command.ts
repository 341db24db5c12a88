import { runCollectionCommand, runCommand } from '#platform/data/commands/run-command.ts';
import { shown } from '#platform/data/names.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { CommandDefinition } from '#platform/kernel/model.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { readObject } from '../body.ts';
import { ifMatch, pathParameter } from '../request.ts';
import { idOf, inside, once } from './answer.ts';
import type { Call } from './call.ts';
import { parameters } from './parameters.ts';

/** POST …/{id}/actions/{command}: a verb of the object, its input as the body. */
export async function command(call: Call): Promise<void> {
  const definition = commandOf(call, false);
  const input = await readObject(call.request);
  const version = ifMatch(call.request);
  await once(call, input, async (transaction) => {
    const expected = version === undefined ? {} : { ifVersion: version };
    const asked = { object: call.object, id: idOf(call), command: definition, input, ...expected };
    return { status: 200, headers: {}, body: await runCommand(call.api.store, call.caller, asked, inside(transaction)) };
  });
}

/** POST …/actions/{command}: a verb of the collection. */
export async function collectionCommand(call: Call): Promise<void> {
  const definition = commandOf(call, true);
  const input = await readObject(call.request);
  await once(call, input, async (transaction) => {
    const asked = { object: call.object, command: definition, input };
    return { status: 200, headers: {}, body: await runCollectionCommand(call.api.store, call.caller, asked, inside(transaction)) };
  });
}

function commandOf(call: Call, isCollection: boolean): CommandDefinition {
  parameters(call.request, []);
  const wanted = pathParameter(call.request, 'command');
  const possible = call.object.commands.filter((one) => (one.collection === true) === isCollection);
  const found = possible.find((one) => kebab(one.name) === wanted);
  if (found) return found;
  const known = possible.map((one) => kebab(one.name));
  throw new Refusal('not_found', `${call.object.label.en} has no command ${shown(wanted)}.${didYouMean(wanted, known)}`);
}

/** A command as it stands in paths: `convertToOrder` → `convert-to-order`. */
export function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
