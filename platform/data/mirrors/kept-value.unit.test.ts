import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { keptAs } from './kept-value.ts';

/** The type of today, what an event tells, what the mirror keeps. */
const CASES: readonly (readonly [type: string, told: unknown, kept: unknown, scale?: number])[] = [
  ['integer', 7, 7],
  ['integer', ' 007 ', 7],
  ['integer', '12.00', 12],
  ['integer', '12.5', null],
  ['integer', 'heavy', null],
  ['bigint', '9007199254740993', '9007199254740993'],
  ['bigint', 12, '12'],
  ['bigint', '-0012', '-12'],
  ['decimal', '12.50', '12.50', 2],
  ['decimal', ' 12.5', '12.50', 2],
  ['decimal', '007.5', '7.5'],
  ['decimal', 3, '3.00', 2],
  ['decimal', 'heavy', null],
  ['date', ' 2026-02-28 ', '2026-02-28'],
  ['date', 'soon', null],
  ['date', '2026-02-31', null],
  ['integer', '99999999999', null],
  ['bigint', '9999999999999999999', null],
  ['text', 7, '7'],
  ['text', '007', '007'],
  ['text', '12.50', '12.50'],
  ['select', 2, '2'],
  ['boolean', true, true],
];

describe('What a mirror keeps of a value that was told while its field had another type', () => {
  for (const [type, told, kept, scale] of CASES)
    test(`${JSON.stringify(told)} is ${JSON.stringify(kept)} in a field of type ${type}`, () => {
      const keep = keptAs({ type, ...(scale === undefined ? {} : { scale }) });
      assert.deepEqual(keep(told), kept);
      if (kept !== null) assert.deepEqual(keep(kept), kept, 'and stays so');
    });
});
