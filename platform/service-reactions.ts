import { openWork } from './data/commands/work.ts';
import type { Transaction } from './data/database.ts';
import type { Store } from './data/store.ts';
import type { PlatformEvent } from './kernel/event.ts';
import type { Reaction } from './kernel/module.ts';
import { systemCaller } from './kernel/system-caller.ts';

type Happened = { readonly transaction: Transaction; readonly events: readonly PlatformEvent[] };

/** Runs a reaction. One event runs under its own cause and on its day; of several that are taken together none is the cause of all that is written. */
export async function react(store: Store, { transaction, events }: Happened, reaction: Reaction): Promise<void> {
  const [event, ...others] = events;
  if (!event) return;
  const cause = others.length === 0 ? { correlationId: event.correlationid, causationId: event.id } : {};
  const days = new Set(events.map(({ workdate }) => workdate));
  const caller = systemCaller(store.module.name);
  const work = await openWork(
    store,
    days.size === 1 && event.workdate ? { ...caller, workDate: event.workdate } : caller,
    transaction,
    cause,
  );
  await (reaction.together ? reaction.together(work, events) : reaction.run(work, event));
}
