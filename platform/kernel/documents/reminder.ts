import { isRecord } from '../is-record.ts';
import { isList, plainText } from '../json.ts';
import type { DocumentContent } from './document.ts';

/** An invoice that a reminder or a statement is about; amounts are decimal strings in the document's currency. */
export type OpenItem = {
  readonly number: string | null;
  readonly date: string | null;
  readonly dueDate: string | null;
  readonly daysOverdue: string | null;
  readonly interest: string | null;
  readonly open: string | null;
};

/** What a reminder says beside its parties: templates write it as `doc.level`, `doc.items`, `doc.claim.total` … */
export type Reminder = {
  readonly level?: number | null;
  readonly deadline?: string | null;
  readonly subject?: string | null;
  readonly text?: string | null;
  readonly outstanding?: string | null;
  readonly interest?: string | null;
  readonly fee?: string | null;
  readonly total?: string | null;
  readonly items: readonly OpenItem[];
};

/** The shape of every reminder. */
export function reminderContent({ level, deadline, subject, text, outstanding, interest, fee, total, items }: Reminder): DocumentContent {
  return {
    level: level ?? null,
    deadline: deadline ?? null,
    subject: subject ?? null,
    text: text ?? null,
    claim: { outstanding: outstanding ?? null, interest: interest ?? null, fee: fee ?? null, total: total ?? null },
    items: items.map((item) => ({ ...item })),
  };
}

/** Open items as a record keeps them in its rows. */
export function reminderItems(rows: unknown): readonly OpenItem[] {
  if (!isList(rows)) return [];
  return rows.filter(isRecord).map((row) => ({
    number: textIn(row['number']),
    date: textIn(row['date']),
    dueDate: textIn(row['dueDate']),
    daysOverdue: textIn(row['daysOverdue']),
    interest: textIn(row['interest']),
    open: textIn(row['overdue'] ?? row['open']),
  }));
}

function textIn(value: unknown): string | null {
  return value === null || value === undefined ? null : plainText(value);
}
