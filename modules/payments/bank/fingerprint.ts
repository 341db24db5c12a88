import type { ParsedTransaction } from '../rules/bank-statement.ts';

/** The SHA-256 of a text, in hexadecimal. */
export async function digestOf(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * What tells each transaction of an account from any other, in files that overlap too: the bank's reference, else all that is known of it and which of
 * several that are the same on that day it is.
 */
export async function keysOf(accountId: string, rows: readonly ParsedTransaction[]): Promise<readonly string[]> {
  const counts = new Map<string, number>();
  const texts = rows.map(({ date, amount, iban, name, text, reference }) => {
    const said = reference ? `reference ${reference}` : JSON.stringify([date, amount, iban, name, text]);
    const count = (counts.get(said) ?? 0) + 1;
    counts.set(said, count);
    return `${accountId} ${said} ${count}`;
  });
  return Promise.all(texts.map(digestOf));
}
