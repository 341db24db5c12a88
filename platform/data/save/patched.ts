import { invalidValues } from '#platform/kernel/errors.ts';
import { holdsFiles } from '#platform/kernel/field-types/file.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { compileValidator } from '#platform/metadata/validator.ts';
import type { Differences, Draft } from './change.ts';
import { differencesOf } from './differences.ts';
import { complete, derive, mergeChildren } from './draft.ts';
import type { Query } from './load.ts';
import { mergePatch } from './merge-patch.ts';
import { refuseIssued, type Saving } from './saving.ts';

/** A patch whose values are checked. `nested` are the objects inside it, as they came: a merge patch merges them too. */
export type Patch = { readonly values: RecordValues; readonly nested: RecordValues };

/** A record before and after a patch, and what is other in it; without differences there is nothing to write. */
export type Patched = { readonly before: Draft; readonly record: RecordValues; readonly differences: Differences };

/** What a patch makes of a record: merged with what stands there, derived by hooks, complete. Nothing is written. */
export async function patched(
  saving: Saving,
  object: ObjectDefinition,
  { patch, before, query }: { patch: Patch; before: Draft; query: Query },
): Promise<Patched> {
  refuseIssued(saving, object, before);
  const merged = mergeChildren(saving, object, {
    id: String(before['id']),
    given: patch.values,
    draft: { ...before, ...patch.values, ...mergedNested(saving, object, { before, nested: patch.nested }) },
    before,
  });
  const derived = await derive(saving, { object, draft: merged, before, query });
  const differences = differencesOf(saving.index, object, { before, after: derived });
  if (Object.keys(differences).length === 0) return { before, record: before, differences };
  return { before, record: complete(saving, object, { values: derived, before }), differences };
}

/** The objects inside a patch, as they came. */
export function nestedIn(saving: Saving, object: ObjectDefinition, values: RecordValues): RecordValues {
  const { byApiName } = saving.index.fieldsOf(object);
  const entries = Object.entries(values).flatMap(([name, value]) => {
    const field = byApiName.get(name);
    const isMerged = field && fieldType(field.type).storage === 'json' && field.type !== 'condition' && !holdsFiles(field);
    return isMerged && isRecord(value) ? [[apiNameOf(field), value] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** Those objects merged with what stands there, checked once more as a whole. */
function mergedNested(saving: Saving, object: ObjectDefinition, at: { before: Draft; nested: RecordValues }): RecordValues {
  const merged = Object.entries(at.nested).map(([key, value]) => [key, mergePatch(at.before[key], value)] as const);
  if (merged.length === 0) return {};
  const { values, errors } = compileValidator(saving.index, object)(Object.fromEntries(merged), 'update');
  if (errors.length > 0) throw invalidValues(errors);
  return values;
}
