import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCleanup } from './cleanup.ts';

test('Everything is undone once, the last first, whatever fails in between', async () => {
  const undone: string[] = [];
  const cleanup = createCleanup();
  cleanup.add(() => void undone.push('first'));
  cleanup.add(() => Promise.reject(new Error('stuck')));
  cleanup.add(async () => void undone.push('last'));
  assert.deepEqual((await cleanup.run()).map(String), ['Error: stuck']);
  assert.deepEqual(await cleanup.run(), []);
  assert.deepEqual(undone, ['last', 'first']);
});
