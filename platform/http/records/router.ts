import { Router } from 'express';
import { onRecords, type RecordApi } from './call.ts';
import { aggregate, get, getBy, history, list, lookup, query } from './read.ts';
import { bulk, command, create, remove, restore, update, upsert } from './write.ts';

/** The record API of one service, to be mounted under `/api/{module}`: the HTTP contract's table, line by line. */
export function recordRouter(api: RecordApi): Router {
  const router = Router({ caseSensitive: true, strict: false });
  const on = (answer: Parameters<typeof onRecords>[1]) => onRecords(api, answer);
  router.get('/:collection', on(list));
  router.post('/:collection', on(create));
  router.post('/:collection/query', on(query));
  router.post('/:collection/aggregate', on(aggregate));
  router.post('/:collection/bulk', on(bulk));
  router.get('/:collection/lookup', on(lookup));
  router.get('/:collection/by/:field/:value', on(getBy));
  router.put('/:collection/by/:field/:value', on(upsert));
  router.get('/:collection/:id', on(get));
  router.patch('/:collection/:id', on(update));
  router.delete('/:collection/:id', on(remove));
  router.post('/:collection/:id/restore', on(restore));
  router.get('/:collection/:id/history', on(history));
  router.post('/:collection/:id/actions/:command', on(command));
  return router;
}
