import type { Field } from '../api/metadata.ts';

/** Pixels of a letter of an option, and of the marks of an input around it. */
const [LETTER, AROUND] = [8, 60];

const TEXTS = ['lookup', 'text', 'longText'];

type Of = { readonly isFirst: boolean; readonly canEdit: boolean; readonly say: (label: Field['label']) => string };

/** Whether a column of rows is a text that shares what is left of the table's width. */
export function takesRest({ type, maxLength = 200 }: Field): boolean {
  return TEXTS.includes(type) && maxLength > 40;
}

/** The least pixels of a column of rows. What a row is about stands first: an account or a product with its number and name. */
export function columnWidth(column: Field, { isFirst, canEdit, say }: Of): number {
  if (takesRest(column)) return isFirst ? 200 : 110;
  if (TEXTS.includes(column.type)) return 104;
  if (column.type === 'money') return 98;
  // A badge that is only read takes the room that it needs, whatever its column says.
  const longest = canEdit ? Math.max(0, ...(column.options ?? []).map(({ label }) => say(label).length)) : 0;
  return column.type === 'select' && longest > 0 ? Math.min(190, Math.max(84, AROUND + LETTER * longest)) : 84;
}
