import type { Caller } from '#platform/kernel/caller.ts';
import { invalidValues, Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { isUuid, uuidV7 } from '#platform/kernel/uuid.ts';
import type { Transaction } from '../database.ts';
import type { ReadSource } from '../read/source.ts';
import { livingIds } from '../save/references.ts';
import { openSaving } from '../save/saving.ts';
import type { Query } from '../save/load.ts';
import type { Store } from '../store.ts';
import { besideRecord, demandRecord } from './beside.ts';
import { commentColumns, commentOf, type Comment } from './comment.ts';
import { isTooDeep, readComment } from './comment-text.ts';
import { tell, type Beside } from './life-events.ts';

const CHARACTERS_MAX = 10_000;
const MENTIONS_MAX = 50;

/** Which record, and which of its comments. */
export type CommentPlace = { readonly object: ObjectDefinition; readonly id: string; readonly comment: string };

/** Adds a comment to a record that the caller may read, and tells whom it mentions. `text` is Markdown. */
export async function addComment(
  store: Store,
  caller: Caller,
  at: { object: ObjectDefinition; id: string; text: unknown },
  transaction?: Transaction,
): Promise<Comment> {
  const beside = await besideRecord(store, caller, { ...at, feature: 'comments' });
  const { text, html, mentions } = await checkedText(beside, at.text);
  const run = async ({ query }: Transaction): Promise<Comment> => {
    const [row] = await query({
      text: `insert into platform.comment as c (id, object, record_id, text, html, mentions, by)
        values ($1::uuid, $2, $3::uuid, $4, $5, $6::uuid[], $7) returning ${commentColumns('c')}`,
      values: [uuidV7(), at.object.id, at.id, text, html, mentions, caller.actor],
    });
    const comment = commentOf(row);
    await tell(query, beside, 'CommentAdded', { comment: comment.id, text, mentions: [...mentions] });
    await tellMentioned(query, beside, { comment, mentions });
    return comment;
  };
  return inOne(store, run, transaction);
}

/** Changes one's own comment; those who were not mentioned before are told. */
export async function editComment(store: Store, caller: Caller, at: CommentPlace & { text: unknown }): Promise<Comment> {
  const beside = await besideRecord(store, caller, { ...at, feature: 'comments' });
  const { text, html, mentions } = await checkedText(beside, at.text);
  return inOne(store, async ({ query }) => {
    const before = await lockedComment(query, at);
    if (before.by !== caller.actor) throw new Refusal('not_allowed', 'Only who wrote a comment may change it.');
    const [row] = await query({
      text: `update platform.comment as c set text = $2, html = $3, mentions = $4::uuid[], edited_at = now() where id = $1::uuid
        returning ${commentColumns('c')}`,
      values: [at.comment, text, html, mentions],
    });
    const comment = commentOf(row);
    await tell(query, beside, 'CommentEdited', { comment: comment.id, text, mentions: [...mentions] });
    await tellMentioned(query, beside, { comment, mentions: mentions.filter((one) => !before.mentions.includes(one)) });
    return comment;
  });
}

/** Takes a comment away: its author may, and an administrator. */
export async function deleteComment(store: Store, caller: Caller, at: CommentPlace): Promise<void> {
  const beside = await besideRecord(store, caller, { ...at, feature: 'comments' });
  await inOne(store, async ({ query }) => {
    const { by } = await lockedComment(query, at);
    if (by !== caller.actor && !caller.permissions.administrator)
      throw new Refusal('not_allowed', 'Only who wrote a comment, or an administrator, may delete it.');
    await query({ text: 'delete from platform.comment where id = $1::uuid', values: [at.comment] });
    await tell(query, beside, 'CommentDeleted', { comment: at.comment });
  });
}

/** The comments of a record as the text of `{"items":[…],"next"}`, newest first. */
export async function listComments(
  source: ReadSource,
  object: ObjectDefinition,
  at: { id: string; cursor: string | undefined; limit: number },
): Promise<string> {
  await demandRecord(source, object, { id: at.id, feature: 'comments', deleted: 'any' });
  if (at.cursor !== undefined && !isUuid(at.cursor))
    throw new Refusal('malformed_request', 'The cursor does not belong to these comments. Start again without it.');
  const rows = await source.query({
    text: `select ${commentColumns('c')} from platform.comment c where record_id = $1::uuid and object = $3 and ($2::uuid is null or id < $2::uuid)
      order by id desc limit ${at.limit + 1}`,
    values: [at.id, at.cursor ?? null, object.id],
  });
  const items = rows.slice(0, at.limit).map((row) => commentOf(row));
  return JSON.stringify({ items, next: rows.length > at.limit ? (items.at(-1)?.id ?? null) : null });
}

function inOne<T>(store: Store, run: (transaction: Transaction) => Promise<T>, transaction?: Transaction): Promise<T> {
  if (transaction) return run(transaction);
  return store.database.transaction(run).finally(store.wake);
}

async function lockedComment(query: Query, at: CommentPlace): Promise<Comment> {
  const [row] = isUuid(at.comment)
    ? await query({
        text: `select ${commentColumns('c')} from platform.comment c where id = $1::uuid and record_id = $2::uuid and object = $3 for update`,
        values: [at.comment, at.id, at.object.id],
      })
    : [];
  if (!row) throw new Refusal('not_found', 'There is no such comment. It may have been deleted.');
  return commentOf(row);
}

type Checked = { readonly text: string; readonly html: string; readonly mentions: readonly string[] };

async function checkedText(beside: Beside, given: unknown): Promise<Checked> {
  if (typeof given !== 'string') throw wrongText('type', 'Send the comment as text.');
  const text = given.replaceAll('\u0000', '').toWellFormed().trim();
  if (text === '') throw wrongText('required', 'A comment without text says nothing.');
  if (text.length > CHARACTERS_MAX) throw wrongText('maxLength', `A comment has at most ${CHARACTERS_MAX} characters.`);
  if (isTooDeep(text)) throw wrongText('format', 'Quotes and lists stand in each other at most 20 deep.');
  const { html, mentions } = readComment(text);
  if (mentions.length > MENTIONS_MAX) throw wrongText('maxItems', `A comment mentions at most ${MENTIONS_MAX} people.`);
  await refuseStrangers(beside, mentions);
  return { text, html, mentions };
}

/** Who is mentioned must be somebody. */
async function refuseStrangers({ store, caller }: Beside, mentions: readonly string[]): Promise<void> {
  const index = store.schema();
  const own = index.byName.get('user');
  const user = own ?? index.foreign.get('user');
  if (mentions.length === 0 || !user) return;
  const side = { object: user, isForeign: own === undefined };
  const known = await livingIds(
    openSaving(store, caller, {}),
    mentions.map((id) => ({ side, id })),
  );
  const stranger = mentions.find((id) => !known.has(id));
  if (stranger !== undefined) throw wrongText('reference', `There is no user ${stranger} to mention.`);
}

async function tellMentioned(query: Query, beside: Beside, at: { comment: Comment; mentions: readonly string[] }): Promise<void> {
  const { id, text } = at.comment;
  for (const user of at.mentions) {
    if (user !== beside.caller.userId) await tell(query, beside, 'UserMentioned', { user, comment: id, text });
  }
}

function wrongText(rule: string, message: string): Refusal {
  return invalidValues([{ pointer: '/text', field: 'text', rule, message }]);
}
