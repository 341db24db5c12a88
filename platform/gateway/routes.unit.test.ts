import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SERVICES } from '#platform/kernel/services.ts';
import { kongConfig } from './kong.ts';
import { routeOf } from './routes.ts';

test('a service gets what is below its path and nothing beside it', () => {
  assert.equal(routeOf('/api/offers')?.service, 'offers');
  assert.equal(routeOf('/api/offers/offers/1')?.service, 'offers');
  assert.equal(routeOf('/api/delivery-notes/x')?.service, 'delivery-notes');
  assert.equal(routeOf('/api/offers-old')?.service, 'platform');
  assert.equal(routeOf('/')?.service, 'platform');
  assert.equal(routeOf('/metrics')?.service, 'none');
});

test("Kong's file is what the route table says, with a route to every service", () => {
  const config = kongConfig();
  assert.equal(readFileSync(new URL('./kong.json', import.meta.url), 'utf8'), `${JSON.stringify(config, null, 2)}\n`);
  const paths = config.services.flatMap((service) => service.routes.flatMap((route) => route.paths));
  for (const { name } of SERVICES) assert.ok(paths.includes(`~/api/${name}(/|$)`), name);
});
