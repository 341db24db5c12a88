import { duplicatesOf, type Suspect } from '#platform/data/likeness/duplicates.ts';
import { getRecord } from '#platform/data/read/record.ts';
import { readSource } from '#platform/data/read/source.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { parseObject } from '#platform/kernel/json.ts';
import { readObject } from '../body.ts';
import { sendJson, type Call } from './call.ts';
import { parameters } from './parameters.ts';

/** POST …/duplicates {values} or {id}: records that may be the same as one that is typed or there, each with the reasons. Nothing is refused for likeness. */
export async function duplicates(call: Call): Promise<void> {
  parameters(call.request, []);
  const { api, caller, object, response } = call;
  const likeness = api.store.module.likeness.find((one) => one.object === object.name);
  if (!likeness) throw new Refusal('not_found', `${object.pluralLabel.en} are not compared with each other.`);
  const source = readSource(api.store, caller);
  const suspect = await suspectOf(call, await readObject(call.request));
  sendJson(response, 200, JSON.stringify({ items: await duplicatesOf(source, object, { likeness, suspect }) }));
}

/** What the body means: a record that is there, with what is typed over it, or one that is not. */
async function suspectOf({ api, caller, object }: Call, body: { readonly [key: string]: unknown }): Promise<Suspect> {
  const { id = null, values = {}, ...others } = body;
  const isWhole = Object.keys(others).length === 0 && isRecord(values) && (id === null || typeof id === 'string');
  if (!isWhole) throw new Refusal('malformed_request', 'Send {"values": {…}} of a new record, or {"id": "…"} of one that is there.');
  if (id === null) return { id, values };
  const found = await getRecord(readSource(api.store, caller), object, id);
  if (!found) throw new Refusal('not_found', `There is no ${object.label.en} ${id.slice(0, 40)}.`);
  return { id, values: { ...parseObject(found.json), ...values } };
}
