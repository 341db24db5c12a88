import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathUp } from './tree-path.ts';

const TREE = [
  { id: 'harbour', parentId: 'hamburg' },
  { id: 'hamburg', parentId: 'germany' },
  { id: 'here', parentId: 'there' },
  { id: 'there', parentId: 'here' },
];

test('The way up a tree begins with the record itself and ends at the top', () => {
  assert.deepEqual(pathUp('harbour', TREE), ['harbour', 'hamburg', 'germany']);
  assert.deepEqual(pathUp('alone', TREE), ['alone']);
  assert.deepEqual(pathUp(null, TREE), []);
});

test('A tree that was closed to a circle has a way up all the same', () => assert.deepEqual(pathUp('here', TREE), ['here', 'there']));
