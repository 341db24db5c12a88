import { stringify } from 'csv-stringify/sync';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import { germanRule } from '#platform/kernel/rule-texts.ts';
import { CSV_OUT, harmless } from './csv-file.ts';

/** What the columns are called that this file has before those of the one that was imported: no field is called so. */
const OWN = { en: ['# Row', '# Reason refused'], de: ['# Zeile', '# Ablehnungsgrund'] } as const;
const OWN_HEADERS: readonly string[] = Object.values(OWN).flat();

/** Whether a column was written by the platform, in a file of refused rows that is sent again: it is for no field. */
export function isOwnHeader(header: string): boolean {
  return OWN_HEADERS.includes(header);
}

/**
 * The refused rows of an import as CSV, in the columns of the file, with the row of the spreadsheet and the reasons before them, as far as
 * there are words in that language: to be corrected and sent again.
 */
export function refusedRows(headers: readonly string[], errors: readonly unknown[], language: keyof typeof OWN): string {
  const rows = new Map<string, { readonly reasons: string[]; readonly cells: readonly string[] }>();
  for (const error of errors.filter(isRecord)) {
    const row = plainText(error['row']);
    if (!isList(error['cells'])) continue;
    const known = rows.get(row) ?? { reasons: [], cells: error['cells'].map(plainText) };
    rows.set(row, known);
    known.reasons.push(reasonOf(error, language));
  }
  const isTheirs = (_cell: string, at: number): boolean => !isOwnHeader(headers[at] ?? '');
  const lines = [...rows].map(([row, { reasons, cells }]) => [row, reasons.join(' '), ...cells.filter(isTheirs)].map(harmless));
  return `\ufeff${stringify([[...OWN[language], ...headers.filter(isTheirs)], ...lines], CSV_OUT)}`;
}

function reasonOf(error: Readonly<Record<string, unknown>>, language: keyof typeof OWN): string {
  const said = saidOf(error, language);
  const column = plainText(error['column']);
  return column === '' ? said : `${column}: ${said}`;
}

/** A sentence in both languages as it came; else the rule that was broken says it, where the message is one of a field. */
function saidOf({ sentence, label, rule, limit, message }: Readonly<Record<string, unknown>>, language: keyof typeof OWN): string {
  if (isRecord(sentence) && sentence[language] !== undefined) return plainText(sentence[language]);
  if (language === 'en' || !isRecord(label)) return plainText(message);
  return germanRule(plainText(rule), limit === undefined ? undefined : plainText(limit));
}
