import type { JournalLine } from '#metadata/records.gen.ts';

/** A line that is to be posted; amounts are in the company's currency. */
export type NewLine = Omit<JournalLine, 'id' | 'parentId' | 'position' | 'date' | 'periodId' | 'custom'>;
