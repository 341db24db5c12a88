import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distanceToBeginning } from './likely-words.ts';

for (const [typed, word, distance] of [
  ['schmidt', 'schmidtmann', 0],
  ['schmitd', 'schmidt', 1],
  ['shmidt', 'schmidt', 1],
  ['schmiddt', 'schmidt', 1],
  ['schmutt', 'schmitt', 1],
  ['maier', 'meyer', 2],
] as const)
  test(`between ${typed} and the beginning of ${word} lie ${distance} letters`, () => {
    assert.equal(distanceToBeginning(typed, word), distance);
  });
