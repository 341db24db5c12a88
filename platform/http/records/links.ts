import { loadRecord, notFound } from '#platform/data/save/load.ts';
import { idOf } from './answer.ts';
import { sendJson, type Call } from './call.ts';
import { parameters } from './parameters.ts';

/** GET …/{id}/links: where the world sees a page of this record, for those who may carry out the commands that hand the links out. */
export async function links(call: Call): Promise<void> {
  parameters(call.request, []);
  const { object, caller } = call;
  const { store } = call.api;
  const id = idOf(call);
  const rights = caller.permissions.on(object);
  const record = rights.read ? await loadRecord(store.database.read, { index: store.schema(), object }, { id }) : null;
  if (!record) throw notFound(object, id);
  const possible = object.commands.filter(({ name }) => rights.commands === true || rights.commands.has(name));
  const items = possible.flatMap((command) => store.linkOf(command, record) ?? []);
  sendJson(call.response, 200, JSON.stringify({ items }));
}
