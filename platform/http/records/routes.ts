import type { Route } from '#platform/kernel/route.ts';
import { attach, attachments, changeComment, comment, comments, detach, removeComment, timeline } from './beside.ts';
import { bulk } from './bulk.ts';
import type { Call } from './call.ts';
import { collectionCommand, command } from './command.ts';
import { duplicates } from './duplicates.ts';
import { exportAll } from './export.ts';
import { links } from './links.ts';
import { importAll } from './import.ts';
import { previewImport } from './import-preview.ts';
import { pdf, pdfVersions } from './pdf.ts';
import { aggregate, get, getBy, history, list, lookup, query } from './read.ts';
import { create, remove, restore, update, upsert } from './write.ts';

/** A line of the record API: what is called, its name in the documentation, and who answers. */
export type RecordRoute = {
  readonly method: Route['method'];
  readonly path: string;
  readonly operation: RecordOperation;
  readonly answer: (call: Call) => Promise<void>;
};

/** What can be done with the records of every object. */
export type RecordOperation =
  | 'list'
  | 'create'
  | 'query'
  | 'aggregate'
  | 'bulk'
  | 'lookup'
  | 'duplicates'
  | 'getBy'
  | 'upsert'
  | 'get'
  | 'update'
  | 'delete'
  | 'restore'
  | 'history'
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
  | 'command'
  | 'collectionCommand'
  | 'export'
  | 'import'
  | 'importPreview';

/** The HTTP contract's table of records, line by line. What is fixed stands before what is a parameter. */
export const RECORD_ROUTES: readonly RecordRoute[] = [
  { method: 'GET', path: '/:collection', operation: 'list', answer: list },
  { method: 'POST', path: '/:collection', operation: 'create', answer: create },
  { method: 'POST', path: '/:collection/query', operation: 'query', answer: query },
  { method: 'POST', path: '/:collection/aggregate', operation: 'aggregate', answer: aggregate },
  { method: 'POST', path: '/:collection/bulk', operation: 'bulk', answer: bulk },
  { method: 'GET', path: '/:collection/lookup', operation: 'lookup', answer: lookup },
  { method: 'POST', path: '/:collection/duplicates', operation: 'duplicates', answer: duplicates },
  { method: 'GET', path: '/:collection/export', operation: 'export', answer: exportAll },
  { method: 'POST', path: '/:collection/import', operation: 'import', answer: importAll },
  { method: 'POST', path: '/:collection/import/preview', operation: 'importPreview', answer: previewImport },
  { method: 'POST', path: '/:collection/actions/:command', operation: 'collectionCommand', answer: collectionCommand },
  { method: 'GET', path: '/:collection/by/:field/:value', operation: 'getBy', answer: getBy },
  { method: 'PUT', path: '/:collection/by/:field/:value', operation: 'upsert', answer: upsert },
  { method: 'GET', path: '/:collection/:id', operation: 'get', answer: get },
  { method: 'PATCH', path: '/:collection/:id', operation: 'update', answer: update },
  { method: 'DELETE', path: '/:collection/:id', operation: 'delete', answer: remove },
  { method: 'POST', path: '/:collection/:id/restore', operation: 'restore', answer: restore },
  { method: 'GET', path: '/:collection/:id/history', operation: 'history', answer: history },
  { method: 'GET', path: '/:collection/:id/timeline', operation: 'timeline', answer: timeline },
  { method: 'GET', path: '/:collection/:id/comments', operation: 'comments', answer: comments },
  { method: 'POST', path: '/:collection/:id/comments', operation: 'comment', answer: comment },
  { method: 'PATCH', path: '/:collection/:id/comments/:comment', operation: 'changeComment', answer: changeComment },
  { method: 'DELETE', path: '/:collection/:id/comments/:comment', operation: 'removeComment', answer: removeComment },
  { method: 'GET', path: '/:collection/:id/files', operation: 'attachments', answer: attachments },
  { method: 'POST', path: '/:collection/:id/files', operation: 'attach', answer: attach },
  { method: 'DELETE', path: '/:collection/:id/files/:file', operation: 'detach', answer: detach },
  { method: 'GET', path: '/:collection/:id/links', operation: 'links', answer: links },
  { method: 'GET', path: '/:collection/:id/pdf', operation: 'pdf', answer: pdf },
  { method: 'GET', path: '/:collection/:id/pdf/versions', operation: 'pdfVersions', answer: pdfVersions },
  { method: 'POST', path: '/:collection/:id/actions/:command', operation: 'command', answer: command },
];
