import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsLine, countsOfTap, failedFilesOfTap, passedAfterAll, skipReasonsOfTap, sum } from './counts.ts';

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

const REFUSED = `TAP version 13
# Subtest: d
    not ok 1 - inside
      ---
      location: '/there/shared.ts:2:23'
      ...
not ok 1 - d
  ---
  duration_ms: 5.9
  location: '/there/a.test.ts:2:1'
  error: |-
    location: '/there/b.test.ts:1:1'
  ...
ok 2 - e
`;

test('A file has failed when something at its top did', () => {
  assert.deepEqual(failedFilesOfTap(REFUSED, ['/there/a.test.ts', '/there/b.test.ts']), ['/there/a.test.ts']);
});

test('Which files failed is not known where a failure is of none of them, or where nothing failed that was told', () => {
  assert.equal(failedFilesOfTap(REFUSED, ['/there/b.test.ts']), undefined);
  assert.equal(failedFilesOfTap('TAP version 13\nok 1 - a\n', ['/there/a.test.ts']), undefined);
  assert.equal(failedFilesOfTap(`${REFUSED}not ok 3 - f\n  ---\n  error: 'x'\n  ...\n`, ['/there/a.test.ts']), undefined);
});

test('What passed alone counts as passed', () => {
  assert.deepEqual(passedAfterAll({ passed: 7, failed: 2, skipped: 1 }), { passed: 9, failed: 0, skipped: 1 });
});
