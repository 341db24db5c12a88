import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { freshPrefix } from './databases.ts';
import { needed, rabbitmqUrl, skipReason, testDatabaseUrl } from './services.ts';

const VARIABLES = ['TEST_DATABASE_URL', 'TEST_RABBITMQ_URL', 'TEST_RABBITMQ_URL_MISSING'] as const;
const before = VARIABLES.map((name) => [name, process.env[name]] as const);

afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

test('A service that is there gives its address and no reason to skip', () => {
  process.env['TEST_DATABASE_URL'] = 'postgres://somewhere/postgres';
  assert.equal(needed(testDatabaseUrl()), 'postgres://somewhere/postgres');
  assert.equal(skipReason(testDatabaseUrl()), false);
});

test('Services that are missing say why, and are not to be used', () => {
  delete process.env['TEST_DATABASE_URL'];
  delete process.env['TEST_RABBITMQ_URL'];
  process.env['TEST_RABBITMQ_URL_MISSING'] = 'no rabbits';
  assert.equal(skipReason(testDatabaseUrl(), rabbitmqUrl()), 'TEST_DATABASE_URL is not set (npm test sets it); no rabbits');
  assert.throws(() => needed(rabbitmqUrl()), /no rabbits/);
});

test('A fresh prefix is new each time and one that DATABASE_PREFIX may have', () => {
  const [one, other] = [freshPrefix(), freshPrefix()];
  assert.notEqual(one, other);
  assert.match(one, /^test_[a-z0-9_]{1,24}_$/);
});
