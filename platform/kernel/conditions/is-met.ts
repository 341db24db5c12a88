import type { StorageKind } from '../field-types/field-type.ts';
import { isRecord } from '../is-record.ts';
import { isList } from '../json.ts';
import { isMetBy, type Circumstances } from './compare.ts';
import { testsOf } from './names.ts';
import { isConditionOperator } from './operators.ts';

/** The record that a condition is asked of: its values by API name, and how each is stored. */
export type Asked = {
  readonly valueOf: (name: string) => unknown;
  readonly storages: ReadonlyMap<string, StorageKind>;
  readonly around: Circumstances;
};

/**
 * Whether a record meets a condition: the filter of a list, answered without a database, so that the screens and the server say the
 * same. A comparison that cannot be made is not met; definitions with such a one are refused.
 */
export function isMet(condition: unknown, asked: Asked): boolean {
  if (!isRecord(condition)) return false;
  return Object.entries(condition).every(([key, value]) => isEntryMet(key, value, asked));
}

function isEntryMet(key: string, value: unknown, asked: Asked): boolean {
  if (key === 'and') return isList(value) && value.every((part) => isMet(part, asked));
  if (key === 'or') return isList(value) && value.some((part) => isMet(part, asked));
  if (key === 'not') return !isMet(value, asked);
  const storage = asked.storages.get(key);
  if (storage === undefined) return false;
  const held = asked.valueOf(key);
  return testsOf(value).every(
    ([operator, wanted]) => isConditionOperator(operator, storage) && isMetBy({ held, wanted, storage, around: asked.around }, operator),
  );
}
