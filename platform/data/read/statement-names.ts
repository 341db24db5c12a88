import { createHash } from 'node:crypto';
import type { Statement } from '../database.ts';

/** Texts remembered, and uses after which a text is worth preparing. */
const TEXTS_MAX = 2_000;
const USES_MIN = 3;

type Known = { uses: number; name: string | null };
const texts = new Map<string, Known>();

/** A statement that is always prepared: get, and the list as it is by default. Its name is of its text, so the two cannot part. */
export function prepared(text: string, values: readonly unknown[]): Statement {
  const known = remembered(text);
  known.name ??= nameOf(text);
  return { text, values, name: known.name };
}

/** A statement that is prepared once its text keeps coming back; the texts used last are remembered. */
export function preparedWhenCommon(text: string, values: readonly unknown[]): Statement {
  const known = remembered(text);
  known.uses += 1;
  if (known.uses >= USES_MIN) known.name ??= nameOf(text);
  return known.name === null ? { text, values } : { text, values, name: known.name };
}

function remembered(text: string): Known {
  const known = texts.get(text) ?? { uses: 0, name: null };
  texts.delete(text);
  texts.set(text, known);
  if (texts.size > TEXTS_MAX) for (const oldest of texts.keys()) return forget(oldest, known);
  return known;
}

function forget(oldest: string, known: Known): Known {
  texts.delete(oldest);
  return known;
}

function nameOf(text: string): string {
  return `t_${createHash('sha256').update(text).digest('base64url').slice(0, 24)}`;
}
