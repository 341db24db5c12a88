import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SERVICES } from '#platform/kernel/services.ts';
import { kongConfig } from './kong.ts';
import { GATEWAY_ROUTES, routeOf } from './routes.ts';

test('a service gets what is below its path and nothing beside it', () => {
  assert.equal(routeOf('/api/offers')?.service, 'offers');
  assert.equal(routeOf('/api/offers/offers/1')?.service, 'offers');
  assert.equal(routeOf('/api/delivery-notes/x')?.service, 'delivery-notes');
  assert.equal(routeOf('/api/offers-old')?.service, 'platform');
  assert.equal(routeOf('/')?.service, 'platform');
});

test('a signed link leads to the service that shows the record, and its page comes with the screens', () => {
  assert.equal(routeOf('/api/offers/public/acceptance/AQGi')?.service, 'offers');
  assert.equal(routeOf('/api/offers/public/acceptance/AQGi/actions/accept')?.service, 'offers');
  assert.equal(routeOf('/public/offers/acceptance/AQGi')?.service, 'platform');
});

test('what is for operators and for services among themselves does not exist outside, however it is spelled', () => {
  for (const path of ['/metrics', '/METRICS/', '/internal', '/internal/invariants', '/api/offers/internal/fit', '/api/Offers/Internal'])
    assert.equal(routeOf(path)?.service, 'none', path);
  assert.equal(routeOf('/metrics-of-sales')?.service, 'platform');
});

const config = kongConfig();

test("Kong's file is what the route table says", () => {
  assert.equal(readFileSync(new URL('./kong.json', import.meta.url), 'utf8'), `${JSON.stringify(config, null, 2)}\n`);
});

test('Kong takes a path to the same service as the gateway in Node', () => {
  const routes = config.services.flatMap((service) => service.routes.map((route) => ({ service: service.name, route })));
  const regular = routes.filter(({ route }) => route.paths.every((path) => path.startsWith('~')));
  const kongs = (path: string): string => {
    const found = regular.find(({ route }) => route.paths.some((pattern) => regexOf(pattern).test(path)));
    if (!found) return 'platform';
    if (found.route.plugins === undefined) return found.service;
    return found.route.plugins[0]?.config['status_code'] === 404 ? 'none' : 'gateway';
  };
  const paths = [...GATEWAY_ROUTES.map(({ path }) => path), ...SERVICES.map(({ name }) => `/api/${name}/x/1`)];
  for (const path of [
    ...paths,
    '/Metrics',
    '/api/offers-old',
    '/api/openapi.json',
    '/internal/x',
    '/objects/offer',
    '/api/offers/public/acceptance/AQGi',
    '/public/offers/acceptance/AQGi',
  ])
    assert.equal(kongs(path), routeOf(path)?.service, path);
});

/** Kong's regular expressions begin at the start of the path; a flag in their midst, as its engine has it, stands before in JavaScript's. */
function regexOf(pattern: string): RegExp {
  const source = pattern.slice(1);
  return source.includes('(?i)') ? new RegExp(`^${source.replace('(?i)', '')}`, 'i') : new RegExp(`^${source}`);
}

/** What we use of Kong 3.9's declarative format, by its documentation: the fields of a service and a route, and each plugin's settings. */
const SERVICE_FIELDS = ['name', 'url', 'retries', 'connect_timeout', 'read_timeout', 'write_timeout', 'routes'];
const ROUTE_FIELDS = ['name', 'paths', 'strip_path', 'preserve_host', 'request_buffering', 'response_buffering', 'plugins'];
const PLUGIN_FIELDS: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  'correlation-id': {
    header_name: (value) => typeof value === 'string',
    generator: (value) => ['uuid', 'uuid#counter', 'tracker'].includes(String(value)),
    echo_downstream: (value) => typeof value === 'boolean',
  },
  'request-size-limiting': {
    allowed_payload_size: (value) => Number.isInteger(value),
    size_unit: (value) => ['bytes', 'kilobytes', 'megabytes'].includes(String(value)),
  },
  'request-transformer': {
    remove: (value) => JSON.stringify(Object.keys(value ?? {})) === '["headers"]',
  },
  'request-termination': {
    status_code: (value) => Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599,
    content_type: (value) => typeof value === 'string',
    body: (value) => typeof value === 'string',
  },
};

test("Kong's file has nothing that Kong does not know", () => {
  assert.deepEqual(Object.keys(config), ['_format_version', 'services', 'plugins']);
  const names = config.services.flatMap((service) => [service.name, ...service.routes.map((route) => `route ${route.name}`)]);
  assert.equal(new Set(names).size, names.length);
  for (const service of config.services) {
    assert.deepEqual(
      Object.keys(service).filter((field) => !SERVICE_FIELDS.includes(field)),
      [],
    );
    assert.ok(service.read_timeout >= 1 && service.read_timeout <= 2 ** 31 - 2);
    for (const route of service.routes) {
      assert.deepEqual(
        Object.keys(route).filter((field) => !ROUTE_FIELDS.includes(field)),
        [],
      );
      assert.ok(
        route.paths.every((path) => path.startsWith('/') || path.startsWith('~/')),
        route.name,
      );
    }
  }
  const plugins = [...config.plugins, ...config.services.flatMap(({ routes }) => routes.flatMap((route) => route.plugins ?? []))];
  for (const { name, config: settings } of plugins)
    for (const [field, value] of Object.entries(settings)) assert.equal(PLUGIN_FIELDS[name]?.[field]?.(value), true, `${name}.${field}`);
});
