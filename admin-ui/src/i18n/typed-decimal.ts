import { writtenDecimal } from '#platform/kernel/written-decimal.ts';
import type { Language } from './index.ts';

const MARK = { en: '.', de: ',' } as const;

/**
 * What somebody typed, as a decimal string, a single mark read as the reader's language has it. What is no number, or might be two, comes back
 * as it was typed: it stays in sight, and the server refuses it.
 */
export function parseDecimal(typed: string, language: Language): string {
  return writtenDecimal(typed, MARK[language]) ?? typed;
}

/** Whether a value of a number's field is one. */
export function isNumberText(value: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(value);
}
