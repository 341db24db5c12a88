import type { RawRow } from '../database.ts';

/** A comment in the words of the API. `text` is Markdown as it was written, `html` what may be shown as it is. */
export type Comment = {
  readonly id: string;
  readonly text: string;
  readonly html: string;
  /** Ids of the users that it mentions. */
  readonly mentions: readonly string[];
  readonly by: string;
  readonly at: string;
  readonly editedAt: string | null;
};

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const UTC = `at time zone 'UTC'`;

/** The columns that `commentOf` reads, of the comment behind an alias. */
export function commentColumns(alias: string): string {
  return `${alias}.id, ${alias}.text, ${alias}.html, array_to_string(${alias}.mentions, ','), ${alias}.by,
    to_char(${alias}.at ${UTC}, ${INSTANT}), to_char(${alias}.edited_at ${UTC}, ${INSTANT})`;
}

/** A comment out of these columns. */
export function commentOf(row: RawRow = []): Comment {
  const [id, text, html, mentions, by, at, editedAt] = row;
  return {
    id: id ?? '',
    text: text ?? '',
    html: html ?? '',
    mentions: mentions ? mentions.split(',') : [],
    by: by ?? '',
    at: at ?? '',
    editedAt: editedAt ?? null,
  };
}
