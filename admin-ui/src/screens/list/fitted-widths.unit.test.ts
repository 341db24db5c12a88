import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fittedWidths } from './fitted-widths.ts';

describe('Columns of a list', () => {
  const columns = [
    { width: 220, least: 160 },
    { width: 200, least: 140 },
    { width: 130, least: 130 },
  ];

  test('give way where a little is missing, those that can', () => {
    assert.deepEqual(fittedWidths(columns, 490), [190, 170, 130]);
    assert.deepEqual(fittedWidths(columns, 430), [160, 140, 130]);
  });

  test('stay as they are where there is room, or far too little', () => {
    assert.deepEqual(fittedWidths(columns, 900), [220, 200, 130]);
    assert.deepEqual(fittedWidths(columns, 429), [220, 200, 130]);
  });
});
