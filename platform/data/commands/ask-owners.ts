import type { Caller } from '#platform/kernel/caller.ts';
import type { Command, CommandResult, Owners } from '#platform/kernel/module.ts';
import { loadRecord, notFound } from '../save/load.ts';
import type { Store } from '../store.ts';
import type { CommandCall } from './run-command.ts';

/** What a command asks of other services, if it does: before its transaction, on the record as it stands, on behalf of the caller. */
export async function askOwners(
  store: Store,
  caller: Caller,
  { call, code }: { readonly call: CommandCall; readonly code: Command | undefined },
): Promise<CommandResult> {
  if (!code?.ask) return {};
  const record = await loadRecord(store.database.read, { index: store.schema(), object: call.object }, { id: call.id });
  if (!record) throw notFound(call.object, call.id);
  const command: Owners['command'] = (object, id, name, input) =>
    store.commandForeign({ object, id, command: name, input, actor: caller.actor });
  return code.ask({ command }, record, call.input);
}
