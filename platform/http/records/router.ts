import { Router } from 'express';
import { mount } from '../mount-routes.ts';
import { onRecords, type RecordApi } from './call.ts';
import { RECORD_ROUTES } from './routes.ts';

/** The record API of one service, to be mounted under `/api/{module}`. */
export function recordRouter(api: RecordApi): Router {
  const router = Router({ caseSensitive: true, strict: false });
  for (const route of RECORD_ROUTES) mount(router, route, onRecords(api, route.answer));
  return router;
}
