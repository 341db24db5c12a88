import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { postgresPattern } from './postgres-pattern.ts';

describe('A pattern as PostgreSQL reads it', () => {
  test('shorthands are written out, in classes too', () => {
    assert.equal(postgresPattern('^[A-Z]{2}\\d+$'), '^[A-Z]{2}[0-9]+$');
    assert.equal(postgresPattern('^[\\w.-]+@[\\w-]+\\.[a-z]{2,}$'), '^[a-zA-Z0-9_.-]+@[a-zA-Z0-9_-]+\\.[a-z]{2,}$');
    assert.equal(postgresPattern('^x.y$'), '(?p)^x.y$');
    assert.equal(postgresPattern('a(b|c)?(?:d)*\\/'), 'a(b|c)?(?:d)*\\/');
  });

  test('what the two may understand differently is not asked', () => {
    for (const source of ['\\bword', '\\pL+', '(?i)a', '\\x41', '[[:alpha:]]', '\\Aa\\z', 'a{300}', '[^a].', '\\1', '[é-ü]'])
      assert.equal(postgresPattern(source), null, source);
  });
});
