import { invalidValues } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { Hook, Module, RecordValues } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { fieldsIn } from '#platform/metadata/schema-index.ts';
import { compileValidator } from '#platform/metadata/validator.ts';
import { childFields } from './children.ts';
import { fetchFacts, type Fetched, type FactSource } from './facts.ts';

/** The hooks of one object, in the order of the module's sentence. */
export function hooksOf(module: Module, object: ObjectDefinition): readonly Hook[] {
  return module.hooks.filter((hook) => hook.object === object.name);
}

/**
 * Runs the hooks over a draft, one after the other: each says what it needs of what the ones before it left, gets that, and derives.
 * What several ask in the same words is read once. What they set is checked and brought into canonical form like everything else.
 */
export async function runHooks(
  source: FactSource,
  hooks: readonly Hook[],
  at: { object: ObjectDefinition; draft: RecordValues; before: RecordValues | null },
): Promise<RecordValues> {
  if (hooks.length === 0) return at.draft;
  const fetched: Fetched = new Map();
  const known = fieldsIn(source.index);
  let draft = at.draft;
  const derived: { [key: string]: unknown } = {};
  for (const hook of hooks) {
    const facts = await fetchFacts(source, hook.needs?.(draft, at.before) ?? {}, fetched);
    const more = hook.needsMore ? await fetchFacts(source, hook.needsMore(draft, facts, at.before), fetched) : {};
    const set = hook.derive(draft, { ...facts, ...more }, at.before, known);
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
  const fetched: Fetched = new Map();
  for (const hook of hooks) hook.remove?.(record, await fetchFacts(source, hook.needs?.(record, null) ?? {}, fetched));
}

/** Rows that a hook added are rows like all others. */
function withRowIds(source: FactSource, object: ObjectDefinition, values: RecordValues): RecordValues {
  const lists = childFields(source.index, object).flatMap(({ field }): readonly (readonly [string, unknown])[] => {
    const rows = values[field.name];
    return isList(rows) ? [[field.name, rows.filter(isRecord).map((row) => (row['id'] ? row : { ...row, id: uuidV7() }))]] : [];
  });
  return { ...values, ...Object.fromEntries(lists) };
}
