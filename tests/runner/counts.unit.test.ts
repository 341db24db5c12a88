import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsLine, countsOfTap, skipReasonsOfTap, sum } from './counts.ts';

const TAP = `TAP version 13
# Subtest: an offer
    # Subtest: is saved once
    ok 1 - is saved once # SKIP no PostgreSQL
    # pass 99
ok 1 - an offer
ok 2 - another # SKIP no PostgreSQL
ok 3 - a third # SKIP
1..3
# tests 9
# suites 1
# pass 3
# fail 1
# cancelled 2
# skipped 3
# todo 1
# duration_ms 12.5
`;

test('The totals are those at the end; a cancelled test has failed, and a todo is skipped', () => {
  assert.deepEqual(countsOfTap(TAP), { passed: 3, failed: 3, skipped: 4 });
});

test('There are no totals where the runner broke', () => {
  assert.equal(countsOfTap('TAP version 13\nok 1 - a test\n'), undefined);
});

test('Each reason to skip is told once, with how often', () => {
  assert.deepEqual(skipReasonsOfTap(TAP), ['2 × no PostgreSQL', '1 × no reason given']);
});

test('The last line sums everything up', () => {
  const counts = sum([
    { passed: 1, failed: 2, skipped: 3 },
    { passed: 10, failed: 0, skipped: 1 },
  ]);
  assert.equal(countsLine(counts), '11 passed, 2 failed, 4 skipped');
  assert.equal(countsLine(sum([])), '0 passed, 0 failed, 0 skipped');
});
