import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import { allocationLines, type AllocationLine } from './allocation-lines.ts';
import { wrong } from './allocation.ts';

/** What a bank transaction settles of one item; with `isRestWrittenOff` a small difference is given up. */
export type MatchLine = AllocationLine & { readonly isRestWrittenOff: boolean };

/** The lines as a caller sent them: those of an allocation, each with an amount, and `writeOff`. */
export function matchLines(given: unknown): readonly MatchLine[] {
  const rows = isList(given) ? given.filter(isRecord) : [];
  const bare = isList(given) ? given.map((row) => (isRecord(row) ? withoutWriteOff(row) : row)) : given;
  return allocationLines(bare).map((line, index) => {
    if (line.amount === null)
      throw wrong(
        { pointer: `${line.pointer}/amount`, field: 'amount' },
        { en: 'Say how much of it is settled.', de: 'Geben Sie an, wie viel davon ausgeglichen wird.' },
      );
    return { ...line, isRestWrittenOff: rows[index]?.['writeOff'] === true };
  });
}

function withoutWriteOff(row: { readonly [name: string]: unknown }): { readonly [name: string]: unknown } {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'writeOff'));
}
