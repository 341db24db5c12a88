import type { ReturnNote } from '#metadata/records.gen.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';

/** The lines of an announced return are those of its delivery note: their condition may change, none may come or go. */
export const guardReturn = defineHook<ReturnNote, Record<string, never>>({
  object: 'return_note',
  name: 'guardReturn',
  derive: (draft, _facts, before) => {
    if (before?.status !== 'draft' || draft.status !== 'draft') return {};
    const ids = (note: ReturnNote): string =>
      (note.lines ?? [])
        .map((line) => line.id ?? '')
        .toSorted()
        .join();
    if (ids(draft) === ids(before)) return {};
    const said = {
      en: 'The lines of a return are those that its delivery note gave. Receive less, or cancel it and return something else.',
      de: 'Die Positionen einer Rückgabe sind die, die ihr Lieferschein gab. Nehmen Sie weniger an, oder stornieren Sie sie und geben Sie anderes zurück.',
    };
    throw invalidValues([faultAt({ pointer: '/lines', field: 'lines', rule: 'returned' }, said)]);
  },
});
