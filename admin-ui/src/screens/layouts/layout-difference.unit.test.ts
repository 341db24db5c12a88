import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LayoutDefinition, LayoutSection } from '#platform/kernel/model.ts';
import { layoutDifference } from './layout-difference.ts';

const section = (id: string, fields: readonly string[], more: Partial<LayoutSection> = {}): LayoutSection => ({
  id,
  items: fields.map((field) => ({ kind: 'field', field })),
  ...more,
});
const page = (...sections: readonly LayoutSection[]): LayoutDefinition => ({ id: 'o.detail', name: 'detail', sections });
const told = (before: LayoutDefinition, after: LayoutDefinition): readonly string[] =>
  layoutDifference(before, after)
    .filter((line) => line.state !== 'same')
    .map((line) => `${line.state} ${line.key}`);

describe('The difference between two layouts', () => {
  test('is nothing between a layout and itself', () => {
    const layout = page(section('a', ['x', 'y']), section('b', ['z']));
    assert.deepEqual(told(layout, layout), []);
  });

  test('is what was added, what is gone, where it stood, and what has other settings', () => {
    const before = page(section('a', ['x', 'gone', 'y'], { columns: 2 }));
    const after = page(section('a', ['x', 'y', 'new'], { columns: 3 }));
    assert.deepEqual(told(before, after), ['changed section a', 'removed field:gone', 'added field:new']);
    const keys = layoutDifference(before, after).map((line) => line.key);
    assert.deepEqual(keys, ['section a', 'field:x', 'field:gone', 'field:y', 'field:new']);
  });

  test('is what moved, and not what it moved past', () => {
    assert.deepEqual(told(page(section('a', ['x', 'y', 'z'])), page(section('a', ['z', 'x', 'y']))), ['moved field:z']);
    assert.deepEqual(told(page(section('a', ['x', 'y']), section('b', ['z'])), page(section('a', ['x']), section('b', ['z', 'y']))), [
      'moved field:y',
    ]);
    assert.deepEqual(told(page(section('a', ['x']), section('b', ['z'])), page(section('b', ['z']), section('a', ['x']))).length, 1);
    assert.deepEqual(told(page(section('a', ['x'])), page(section('a', ['x'], { side: true }))), ['moved section a']);
  });

  test('is no move of what stood on the page and stands on its first tab', () => {
    const after = {
      ...page(section('a', ['x']), section('b', [], { tab: 'two' })),
      tabs: ['one', 'two'].map((id) => ({ id, label: { en: id } })),
    };
    assert.deepEqual(told(page(section('a', ['x'])), after), ['added tab one', 'added tab two', 'added section b']);
  });

  test('tells columns in their order', () => {
    const list = (...columns: readonly string[]): LayoutDefinition => ({ id: 'o.list', name: 'list', columns });
    assert.deepEqual(told(list('a', 'b'), list('c', 'b')), ['removed a', 'added c']);
  });
});
