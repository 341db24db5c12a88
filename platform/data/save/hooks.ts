import { invalidValues } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { Hook, Module, RecordValues } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { compileValidator } from '#platform/metadata/validator.ts';
import { childFields } from './children.ts';
import { fetchFacts, type Fetched, type FactSource } from './facts.ts';

/** The hooks of one object, in the order of the module's sentence. */
export function hooksOf(module: Module, object: ObjectDefinition): readonly Hook[] {
  return module.hooks.filter((hook) => hook.object === object.name);
}

/**
 * Runs the hooks over a draft: first every hook says what it needs and all of it is fetched, then each derives from what the ones
 * before it left. What they set is checked and brought into canonical form like everything else.
 */
export async function runHooks(
  source: FactSource,
  hooks: readonly Hook[],
  at: { object: ObjectDefinition; draft: RecordValues; before: RecordValues | null },
): Promise<RecordValues> {
  if (hooks.length === 0) return at.draft;
  const facts = await factsFor(source, hooks, at);
  let draft = at.draft;
  const derived: { [key: string]: unknown } = {};
  for (const [position, hook] of hooks.entries()) {
    const set = hook.derive(draft, facts[position] ?? {}, at.before);
    Object.assign(derived, set);
    draft = { ...draft, ...set };
  }
  if (Object.keys(derived).length === 0) return draft;
  const { values, errors } = compileValidator(source.index, at.object)(derived, 'update');
  if (errors.length > 0) throw invalidValues(errors);
  return { ...draft, ...withRowIds(source, at.object, values) };
}

/** Asks the hooks whether a record may go. Each throws a Refusal to say no. */
export async function askRemoval(source: FactSource, hooks: readonly Hook[], record: RecordValues): Promise<void> {
  const asked = hooks.filter((hook) => hook.remove !== undefined);
  const facts = await factsFor(source, asked, { draft: record, before: null });
  for (const [position, hook] of asked.entries()) hook.remove?.(record, facts[position] ?? {});
}

type Facts = Awaited<ReturnType<typeof fetchFacts>>;

/** What each hook needs; one after the other: they share a connection. */
async function factsFor(
  source: FactSource,
  hooks: readonly Hook[],
  { draft, before }: { draft: RecordValues; before: RecordValues | null },
): Promise<readonly Facts[]> {
  const needs = hooks.map((hook) => hook.needs?.(draft, before) ?? {});
  const fetched: Fetched = new Map();
  const facts: Facts[] = [];
  for (const need of needs) facts.push(await fetchFacts(source, need, fetched));
  return facts;
}

/** Rows that a hook added are rows like all others. */
function withRowIds(source: FactSource, object: ObjectDefinition, values: RecordValues): RecordValues {
  const lists = childFields(source.index, object).flatMap(({ field }): readonly (readonly [string, unknown])[] => {
    const rows = values[field.name];
    return isList(rows) ? [[field.name, rows.filter(isRecord).map((row) => (row['id'] ? row : { ...row, id: uuidV7() }))]] : [];
  });
  return { ...values, ...Object.fromEntries(lists) };
}
