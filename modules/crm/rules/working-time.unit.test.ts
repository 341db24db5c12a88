import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterWorkingTime } from './working-time.ts';

const HOURS = {
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  from: '09:00:00',
  until: '17:00:00',
  timeZone: 'Europe/Berlin',
};

test('Time counts while people are at work', () => {
  assert.equal(afterWorkingTime('2026-11-25T08:30:00Z', 'PT2H', HOURS), '2026-11-25T10:30:00.000Z');
});

test('What is left over goes on in the morning, and after the weekend', () => {
  assert.equal(afterWorkingTime('2026-11-25T15:00:00Z', 'PT4H', HOURS), '2026-11-26T11:00:00.000Z');
  assert.equal(afterWorkingTime('2026-11-27T15:30:00Z', 'PT1H', HOURS), '2026-11-30T08:30:00.000Z');
});

test('What comes at night begins in the morning', () => {
  assert.equal(afterWorkingTime('2026-11-25T01:00:00Z', 'PT1H', HOURS), '2026-11-25T09:00:00.000Z');
  assert.equal(afterWorkingTime('2026-11-28T12:00:00Z', 'PT1H', HOURS), '2026-11-30T09:00:00.000Z');
});

test('Clocks that are changed take or give an hour of the night, not of the work', () => {
  assert.equal(afterWorkingTime('2026-03-27T15:30:00Z', 'PT1H', HOURS), '2026-03-30T07:30:00.000Z');
});

test('Without working days nothing is ever due', () => {
  assert.equal(afterWorkingTime('2026-11-25T08:30:00Z', 'PT1H', { ...HOURS, days: [] }), null);
});
