import { hasFeature } from '#platform/data/life/beside.ts';
import type { RecordOperation } from '../records/routes.ts';
import type { SeenObject } from './object-schemas.ts';
import { LINKS } from './record-bodies.ts';
import { answer, isRoot, itemsOf, one, parameter, queryParameter, reading, type Describe } from './record-parts.ts';
import { json, problems, TEXT, UUID, type Part } from './shared.ts';

const INSTANT: Part = { type: 'string', format: 'date-time' };
const NEXT: Part = { next: { type: ['string', 'null'] } };

const COMMENT: Part = {
  type: 'object',
  properties: {
    id: UUID,
    text: { ...TEXT, description: 'Markdown; `[@Ana Weber](user:<id>)` mentions somebody.' },
    html: { ...TEXT, description: 'The same, cleaned: it may be shown as it is.' },
    mentions: { type: 'array', items: UUID },
    by: TEXT,
    at: INSTANT,
    editedAt: { type: ['string', 'null'], format: 'date-time' },
  },
};

const FILE: Part = { type: 'object', properties: { id: UUID, name: TEXT, type: TEXT, size: { type: 'integer' } } };
const ATTACHMENT: Part = { allOf: [FILE, { type: 'object', properties: { by: TEXT, at: INSTANT } }] };

const HAPPENED: Part = {
  type: 'object',
  properties: {
    kind: { enum: ['change', 'comment', 'file'] },
    at: INSTANT,
    by: TEXT,
    eventId: UUID,
    what: { enum: ['created', 'updated', 'deleted', 'restored', 'attached', 'removed', 'issued'] },
    command: TEXT,
    changes: { type: 'array', items: { type: 'object', properties: { field: TEXT, old: {}, new: {} } } },
    comment: COMMENT,
    file: FILE,
    isHeld: { type: 'boolean', description: 'Whether the record still holds the file.' },
  },
};

const ISSUED: Part = { type: 'object', properties: { version: { type: 'integer' }, name: TEXT, language: TEXT, by: TEXT, at: INSTANT } };
const WRITTEN: Part = { required: true, content: json({ type: 'object', required: ['text'], properties: { text: TEXT } }) };
const NAMED: Part = { required: true, content: json({ type: 'object', required: ['id'], properties: { id: UUID } }) };
const DONE: Part = { '204': { description: 'Done' } };
const PAGED: readonly Part[] = [parameter('id'), parameter('cursor'), parameter('limit')];
const LOCATION = ['Location'];

type Beside = Extract<
  RecordOperation,
  | 'timeline'
  | 'comments'
  | 'comment'
  | 'changeComment'
  | 'removeComment'
  | 'attachments'
  | 'attach'
  | 'detach'
  | 'links'
  | 'pdf'
  | 'pdfVersions'
>;

/** The documentation of what stands beside a record: its timeline, comments and attachments. */
export const BESIDE_OPERATIONS: { readonly [Operation in Beside]: Describe } = {
  links: (seen) =>
    seen.object.commands.some(({ handsOut }) => handsOut !== undefined)
      ? reading(seen, {
          summary: `Links to the public pages of: ${one(seen)}`,
          parameters: [parameter('id')],
          responses: { '200': answer('The links', { type: 'object', properties: { items: LINKS } }), ...problems(404) },
        })
      : null,
  pdf: (seen) =>
    seen.object.document && isRoot(seen)
      ? reading(seen, {
          summary: `The PDF, as it was issued or as a draft: ${one(seen)}`,
          parameters: [
            parameter('id'),
            queryParameter('download', 'true: to be saved, not shown.'),
            queryParameter('version', 'Which of those that were issued; left out: the last one.'),
          ],
          responses: { '200': { description: 'The document', content: { 'application/pdf': {} } }, ...problems(403, 404, 409) },
        })
      : null,
  pdfVersions: (seen) =>
    seen.object.document && isRoot(seen)
      ? reading(seen, {
          summary: `What was issued, the first one first: ${one(seen)}`,
          parameters: [parameter('id')],
          responses: { '200': answer('The versions', itemsOf(ISSUED)), ...problems(403, 404) },
        })
      : null,
  timeline: (seen) =>
    isRoot(seen)
      ? reading(seen, {
          summary: `Changes, comments and files, newest first: ${one(seen)}`,
          parameters: PAGED,
          responses: { '200': answer('What happened', itemsOf(HAPPENED, NEXT)), ...problems(404) },
        })
      : null,
  comments: (seen) =>
    commented(seen, {
      summary: `Comments, newest first: ${one(seen)}`,
      parameters: PAGED,
      responses: { '200': answer('The comments', itemsOf(COMMENT, NEXT)), ...problems(404) },
    }),
  comment: (seen) =>
    commented(seen, {
      summary: `Comment on: ${one(seen)}`,
      parameters: [parameter('id'), parameter('idempotencyKey')],
      requestBody: WRITTEN,
      responses: { '201': answer('The comment', COMMENT, LOCATION), ...problems(404, 413, 415, 422) },
    }),
  changeComment: (seen) =>
    commented(seen, {
      summary: `Change one's own comment on: ${one(seen)}`,
      parameters: [parameter('id'), inPath('comment')],
      requestBody: WRITTEN,
      responses: { '200': answer('The comment', COMMENT), ...problems(403, 404, 413, 415, 422) },
    }),
  removeComment: (seen) =>
    commented(seen, {
      summary: `Delete one's own comment, or as an administrator somebody's, on: ${one(seen)}`,
      parameters: [parameter('id'), inPath('comment')],
      responses: { ...DONE, ...problems(403, 404) },
    }),
  attachments: (seen) =>
    hasFeature(seen.object, 'attachments')
      ? reading(seen, {
          summary: `Attached files, the last one first: ${one(seen)}`,
          parameters: [parameter('id')],
          responses: { '200': answer('The files', itemsOf(ATTACHMENT)), ...problems(404) },
        })
      : null,
  attach: (seen) =>
    holding(seen, {
      summary: `Attach a file that was uploaded before to: ${one(seen)}`,
      parameters: [parameter('id'), parameter('idempotencyKey')],
      requestBody: NAMED,
      responses: { '201': answer('The file', ATTACHMENT, LOCATION), ...problems(403, 404, 413, 415, 422) },
    }),
  detach: (seen) =>
    holding(seen, {
      summary: `Take a file off: ${one(seen)}`,
      parameters: [parameter('id'), inPath('file')],
      responses: { ...DONE, ...problems(403, 404) },
    }),
};

function commented(seen: SeenObject, operation: Part): Part | null {
  return hasFeature(seen.object, 'comments') ? reading(seen, operation) : null;
}

function holding(seen: SeenObject, operation: Part): Part | null {
  return hasFeature(seen.object, 'attachments') && seen.rights.edit ? reading(seen, operation) : null;
}

function inPath(name: string): Part {
  return { name, in: 'path', required: true, description: 'A UUID.', schema: UUID };
}
