import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
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

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;
const duration = { type: 'string', pattern: '^([0-9]+(us|ms|s|m|h))+$' } as const;
const strict = (properties: object, required: readonly string[] = []): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

/** What we use of the Compose specification, by its documentation; a key that is not here is a slip of the pen or belongs here. */
const USED = {
  type: 'object',
  properties: {
    services: {
      type: 'object',
      additionalProperties: strict(
        {
          image: text,
          build: strict({ context: text, dockerfile: text }, ['context']),
          restart: { enum: ['no', 'always', 'on-failure', 'unless-stopped'] },
          hostname: text,
          environment: { type: 'object', additionalProperties: text },
          command: texts,
          volumes: texts,
          ports: texts,
          stop_grace_period: duration,
          depends_on: {
            type: 'object',
            additionalProperties: strict(
              { condition: { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] } },
              ['condition'],
            ),
          },
          healthcheck: strict(
            {
              test: { type: 'array', items: text, minItems: 2 },
              interval: duration,
              timeout: duration,
              retries: { type: 'integer', minimum: 1 },
            },
            ['test'],
          ),
        },
        ['healthcheck', 'restart'],
      ),
    },
    volumes: { type: 'object', additionalProperties: { type: 'null' } },
  },
  patternProperties: { '^x-': {} },
  additionalProperties: false,
  required: ['services'],
};

describe('docker-compose.yml', () => {
  test('says nothing that the Compose specification does not know', () => {
    const isValid = new Ajv({ allErrors: true, strict: false }).compile(USED);
    assert.ok(isValid(compose), JSON.stringify(isValid.errors));
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
