import { Router } from 'express';
import { noSuchAddress } from '../request.ts';
import { mount } from '../mount-routes.ts';
import { refuseMethod } from '../other-methods.ts';
import { onRecords, type RecordApi } from './call.ts';
import { RECORD_ROUTES } from './routes.ts';

/** The record API of one service, to be mounted under `/api/{module}`. */
export function recordRouter(api: RecordApi): Router {
  const everything = newRouter();
  const shapes = new Map<string, Router>();
  for (const route of RECORD_ROUTES) {
    const handler = onRecords(api, route.answer);
    const shape = shapeOf(route.method, route.path);
    shapes.set(shape, shapes.get(shape) ?? newRouter());
    for (const router of [everything, shapes.get(shape)]) if (router) mount(router, route, handler);
  }
  const otherwise = onRecords(api, async ({ request, response }) => {
    const methods = METHODS.filter((method) => shapes.has(shapeOf(method, request.path)));
    if (methods.length === 0 || methods.includes(request.method)) throw noSuchAddress(request);
    refuseMethod(request, response, methods);
  });
  // Held against the few routes of its method and length, a request is at its own in a third of the time.
  return newRouter()
    .use((request, response, next) => {
      const router = shapes.get(shapeOf(request.method, request.path)) ?? everything;
      router(request, response, next);
    })
    .all('/:collection{/*rest}', (request, response, next) => (request.method === 'OPTIONS' ? next() : otherwise(request, response, next)));
}

function newRouter(): Router {
  return Router({ caseSensitive: true, strict: false });
}

/** `GET` and `/:collection/:id` make `GET 2`. */
function shapeOf(method: string, path: string): string {
  return `${method} ${partsOf(path).length}`;
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
