import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { Validator } from '@seriousme/openapi-schema-validator';
import { routeOf } from '#platform/gateway/routes.ts';
import { ERROR_CODES } from '#platform/kernel/errors.ts';
import { SERVICES } from '#platform/kernel/services.ts';
import { RECORD_ROUTES } from '#platform/http/records/routes.ts';
import { templateOf } from '#platform/http/openapi/route-operations.ts';
import { clientOf, type Answer, type Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const REDOCLY = join(import.meta.dirname, '../../node_modules/.bin/redocly');

/** Offers have no command of their collection, and nothing tells that two may be one. */
const NOT_OF_OFFERS: readonly string[] = ['collectionCommand', 'duplicates'];

describe('the OpenAPI documents', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let admin: Client;
  before(async () => {
    installation = await startInstallation();
    admin = installation.admin;
  });
  after(() => installation.stop());

  const documents = async (): Promise<readonly (readonly [name: string, body: Answer['body']])[]> => {
    const paths = ['/api/openapi.json', ...SERVICES.map(({ name }) => `/api/${name}/openapi.json`)];
    return Promise.all(
      paths.map(async (path) => {
        const answer = await eventually(path, async () => [await admin.get(path)].find(({ status }) => status !== 503));
        assert.equal(answer.status, 200, path);
        return [path, answer.body] as const;
      }),
    );
  };

  /** A person with these roles, signed in with a key. */
  const keyWith = async (roles: readonly string[]): Promise<Client> => {
    const made = await admin.post('/api/platform/api-keys', { name: `key of ${roles.join()}`, roles });
    assert.equal(made.status, 201);
    return clientOf(installation.url, made.body.key);
  };

  test('every document, merged and by module, is accepted by the schema validator', async () => {
    const validator = new Validator();
    for (const [path, body] of await documents()) {
      const result = await validator.validate(structuredClone(body));
      assert.ok(result.valid, `${path}: ${JSON.stringify(result.errors)?.slice(0, 1000)}`);
    }
  });

  test('and by the linter', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
    try {
      const files = (await documents()).map(([path, body]) => {
        const file = join(folder, `${path.replaceAll('/', '_')}.json`);
        writeFileSync(file, JSON.stringify(body));
        return file;
      });
      const { stderr } = await promisify(execFile)(REDOCLY, ['lint', '--extends=spec', ...files], {
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      }).catch((error: { stdout?: string; stderr?: string }) => assert.fail(`${error.stdout ?? ''}${error.stderr ?? ''}`.slice(0, 4000)));
      assert.match(stderr, /valid/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a line of the record API that is mounted is documented, and what is documented answers', async () => {
    const { paths } = (await admin.get('/api/offers/openapi.json')).body;
    for (const route of RECORD_ROUTES.filter(({ operation }) => !NOT_OF_OFFERS.includes(operation))) {
      const path = `/api/offers${templateOf(route.path.replace(':collection', 'offers'))}`.replace('{command}', 'approve');
      assert.ok(paths[path]?.[route.method.toLowerCase()], `${route.method} ${path}`);
    }
    const whole = (await admin.get('/api/openapi.json')).body;
    assert.ok(whole.paths['/api/customers/customers/duplicates']?.post);
    const plain = Object.keys(whole.paths).filter((path) => !path.includes('{') && whole.paths[path].get);
    for (const path of plain) assert.equal((await admin.get(path)).status, 200, path);
  });

  test('a new field is in the document as soon as it is made, with its type, and gone when it is retired', async () => {
    const earlier = (await admin.get('/api/openapi.json')).headers.get('etag');
    const field = { name: 'urgency', label: 'Urgency', type: 'select', options: ['low', 'high'], help: 'How soon.' };
    assert.equal((await admin.post('/api/platform/objects/offer/fields', field)).status, 201);
    for (const path of ['/api/openapi.json', '/api/offers/openapi.json']) {
      const { body, headers } = await admin.get(path);
      assert.notEqual(headers.get('etag'), earlier);
      assert.deepEqual(body.components.schemas.offerCreate.properties.urgency.anyOf[0].enum, ['low', 'high'], path);
      assert.equal(body.components.schemas.offer.properties.urgency.description, 'Urgency. How soon.');
    }
    await admin.delete('/api/platform/objects/offer/fields/urgency');
    assert.equal((await admin.get('/api/openapi.json')).body.components.schemas.offer.properties.urgency, undefined);
  });

  test('what a role may not see is not in its document', async () => {
    const secret = { name: 'ownShare', label: 'Own share', type: 'percent' };
    assert.equal((await admin.post('/api/platform/objects/offer/fields', secret)).status, 201);
    const sales = (await (await keyWith(['sales'])).get('/api/openapi.json')).body;
    assert.ok(sales.components.schemas.offer);
    assert.ok(!JSON.stringify(sales).includes('ownShare'));
    assert.equal(sales.paths['/api/platform/changes'], undefined);
    assert.ok(JSON.stringify((await admin.get('/api/openapi.json')).body).includes('"ownShare"'));
    const nobody = (await (await keyWith([])).get('/api/openapi.json')).body;
    assert.deepEqual(
      Object.keys(nobody.paths).filter((path) => path.startsWith('/api/offers/offers')),
      [],
    );
  });

  test('without a session there is no document; the pages lead to the login', async () => {
    assert.equal((await clientOf(installation.url, '').get('/api/openapi.json')).status, 401);
    assert.equal((await clientOf(installation.url, '').get('/api/offers/openapi.json')).status, 401);
    const page = await fetch(`${installation.url}/api/docs`, { redirect: 'manual' });
    assert.deepEqual([page.status, page.headers.get('location')], [302, '/login?to=%2Fapi%2Fdocs']);
    const known = await fetch(`${installation.url}/api/docs`, { headers: { cookie: `tessera_session=${admin.token}` } });
    assert.equal(known.status, 200);
    assert.match(known.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  });

  test('the gateway takes every address to the service that documents it', async () => {
    for (const { name } of SERVICES) {
      const { body } = await admin.get(`/api/${name}/openapi.json`);
      const strays = Object.keys(body.paths).filter((path) => routeOf(path)?.service !== name);
      assert.deepEqual(strays, [], name);
    }
  });

  test('the type of a problem leads to what its code means', async () => {
    const { body } = await clientOf(installation.url, '').get('/api/offers/offers');
    assert.equal(body.type, `/api/docs/errors#${body.code}`);
    const page = await fetch(`${installation.url}${body.type}`);
    assert.equal(page.status, 200);
    const text = await page.text();
    for (const code of Object.keys(ERROR_CODES)) assert.ok(text.includes(`<section id="${code}">`), code);
  });
});
