import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import type { AskReport, Command, CommandResult, Owners, RecordValues, WorkQuery } from '#platform/kernel/module.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { statusField } from '#platform/kernel/status-field.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import { queryRecords } from '../save/facts.ts';
import { loadRecord, notFound } from '../save/load.ts';
import type { Store } from '../store.ts';
import type { CommandCall } from './run-command.ts';
import { runInWork } from './work.ts';

/** A command on a record, or on a collection. */
type Asking = Pick<CommandCall, 'object' | 'command' | 'input' | 'ifVersion'> & { readonly id: string | null };

/**
 * What a command asks of other services: before its transaction, on the record as it stands (of a collection on none), on behalf of the caller. Null where it asks nothing, or
 * where the record is not as the command or its caller wants it.
 */
export async function askOwners(
  store: Store,
  caller: Caller,
  { call, code }: { readonly call: Asking; readonly code: Command | undefined },
): Promise<CommandResult | null> {
  if (!code?.ask) return null;
  const record =
    call.id === null ? {} : await loadRecord(store.database.read, { index: store.schema(), object: call.object }, { id: call.id });
  if (!record) throw notFound(call.object, call.id ?? '');
  const { from } = call.command;
  const status = statusField(call.object);
  // In a state in which the command is not possible there is nothing to ask: it is refused, or was done before.
  if (call.id !== null && from && status && !from.includes(String(record[status.name]))) return null;
  if (call.ifVersion !== undefined && call.ifVersion !== record['version']) return null;
  const command: Owners['command'] = (object, id, name, input) =>
    patiently(() => store.commandForeign({ object, id, command: name, input, actor: caller.actor }));
  const source = { index: store.schema(), system: systemCaller(store.module.name), query: store.database.read };
  const query = async <R extends RecordValues>(name: string, asked: WorkQuery) =>
    trusted<readonly R[]>(await queryRecords(source, name, asked));
  const report = reportFor(store, caller.actor);
  const foreign = async <R extends RecordValues>(name: string, id: string) => trusted<R | null>(await store.fetchForeign(name, id));
  return code.ask({ caller, command, report, record: foreign, query, begin: (run) => runInWork(store, caller, run) }, record, call.input);
}

/** Asks for reports on behalf of somebody. */
export function reportFor(store: Store, actor: string): AskReport {
  return (report, input) => store.reportForeign({ report, input, actor });
}

const ATTEMPTS_MAX = 15;
const PAUSE_MILLISECONDS = 100;

/** The owner may still have an event of ours under way that the command builds on: it says so, and is asked again a little later. */
async function patiently<T>(ask: () => Promise<T>, attempt = 1): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const isUnderWay = error instanceof Refusal && error.code === 'still_running';
    if (!isUnderWay || attempt === ATTEMPTS_MAX) throw error;
  }
  await pause(PAUSE_MILLISECONDS);
  return patiently(ask, attempt + 1);
}
