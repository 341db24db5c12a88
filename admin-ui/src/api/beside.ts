import type { FileValue } from '../fields/upload.ts';
import { ask, askFor } from './client.ts';
import { recordsPath, type BusinessObject } from './metadata.ts';

/** A comment: what was written, and the HTML that the server has made of it and cleaned. */
export type Comment = {
  readonly id: string;
  readonly text: string;
  readonly html: string;
  readonly mentions: readonly string[];
  readonly by: string;
  readonly at: string;
  readonly editedAt: string | null;
};

/** One field of a record that was changed. */
export type FieldChange = { readonly field: string; readonly old: unknown; readonly new: unknown };

/** Something that happened to a record. */
export type Happened = { readonly at: string; readonly by: string; readonly eventId: string } & (
  | {
      readonly kind: 'change';
      readonly what: 'created' | 'updated' | 'deleted' | 'restored';
      readonly command?: string;
      readonly changes: readonly FieldChange[];
    }
  | { readonly kind: 'comment'; readonly comment: Comment }
  | { readonly kind: 'file'; readonly what: 'attached' | 'removed' | 'issued'; readonly file: FileValue; readonly isHeld: boolean }
);

/** A file that hangs on a record. */
export type Attachment = FileValue & { readonly by: string; readonly at: string };

type At = Pick<BusinessObject, 'module' | 'collection'>;

export function loadTimeline(object: At, id: string, cursor: string | null): Promise<{ items: readonly Happened[]; next: string | null }> {
  const from = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  return askFor(`${recordsPath(object)}/${id}/timeline?limit=30${from}`);
}

export function addComment(object: At, id: string, text: string): Promise<Comment> {
  return askFor(`${recordsPath(object)}/${id}/comments`, { method: 'POST', body: { text } });
}

export function changeComment(object: At, id: string, comment: { id: string; text: string }): Promise<Comment> {
  return askFor(`${recordsPath(object)}/${id}/comments/${comment.id}`, { method: 'PATCH', body: { text: comment.text } });
}

export async function removeComment(object: At, id: string, comment: string): Promise<void> {
  await ask(`${recordsPath(object)}/${id}/comments/${comment}`, { method: 'DELETE' });
}

export function loadAttachments(object: At, id: string, signal: AbortSignal): Promise<{ items: readonly Attachment[] }> {
  return askFor(`${recordsPath(object)}/${id}/files`, { signal });
}

export function attachFile(object: At, id: string, file: string): Promise<Attachment> {
  return askFor(`${recordsPath(object)}/${id}/files`, { method: 'POST', body: { id: file } });
}

export async function detachFile(object: At, id: string, file: string): Promise<void> {
  await ask(`${recordsPath(object)}/${id}/files/${file}`, { method: 'DELETE' });
}
