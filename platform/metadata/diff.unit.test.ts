import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '#platform/kernel/model.ts';
import { applyPatches, diff } from './diff.ts';

const name = fc.constantFrom('a', 'b', 'c/d', 'e~f', '__proto__', 'label', 'id');
const scalar: fc.Arbitrary<Json> = fc.oneof(fc.constantFrom(null, true, 1, '', 'x'), fc.string({ maxLength: 3 }));
const tree = fc.letrec<{ value: Json; element: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    fc.array(scalar, { maxLength: 4 }),
    fc.uniqueArray(tie('element'), { maxLength: 6, selector: (one) => JSON.stringify(one) }),
  ),
  element: fc.record({ id: fc.constantFrom('p', 'q', 'r', 's/t', 'u'), label: tie('value') }, { noNullPrototype: true }),
})).value;

describe('differences of metadata', () => {
  test('applying the difference gives the other value, and the inverse gives the first one back', () => {
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const there = applyPatches(before, diff(before, after));
        assert.deepEqual(there, { value: after, conflicts: [] });
        assert.deepEqual(applyPatches(there.value, diff(after, before)), { value: before, conflicts: [] });
      }),
      { numRuns: 2000 },
    );
  });

  test('moving one element is one step', () => {
    const list = (...ids: string[]) => ids.map((id) => ({ id }));
    assert.deepEqual(diff(list('a', 'b', 'c', 'd'), list('d', 'a', 'b', 'c')), [{ op: 'move', path: '/d', after: null }]);
  });

  test('what changed underneath is reported, and the customised value wins', () => {
    const patches = diff({ label: 'Offer', help: 'x' }, { label: 'Quote', help: 'x' });
    const { value, conflicts } = applyPatches({ label: 'Proposal', help: 'y' }, patches);
    assert.deepEqual(value, { label: 'Quote', help: 'y' });
    assert.deepEqual(conflicts, [{ patch: { op: 'set', path: '/label', value: 'Quote', base: 'Offer' }, current: 'Proposal' }]);
  });

  test('a step towards what is already there is no conflict', () => {
    assert.deepEqual(applyPatches({ label: 'Quote' }, diff({ label: 'Offer' }, { label: 'Quote' })).conflicts, []);
  });

  test('an element that followed a vanished one goes to the end, one inside a vanished one is reported', () => {
    const before = [{ id: 'a' }, { id: 'b' }];
    const added = diff(before, [{ id: 'a' }, { id: 'x' }, { id: 'b' }]);
    assert.deepEqual(applyPatches([{ id: 'b' }], added).value, [{ id: 'b' }, { id: 'x' }]);
    const inside = diff(before, [{ id: 'a', label: 'A' }, { id: 'b' }]);
    const result = applyPatches([{ id: 'b' }], inside);
    assert.equal(result.conflicts.length, 1);
    assert.deepEqual(result.value, [{ id: 'b' }]);
  });
});
