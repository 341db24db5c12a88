import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { momentIn } from '#platform/kernel/dates.ts';
import { nextSlot } from './digest-slot.ts';

const DAILY = { rhythm: 'daily', at: '08:00:00' } as const;
const FRIDAYS = { rhythm: 'weekly', day: 'friday', at: '17:30:00' } as const;
const BERLIN = 'Europe/Berlin';

test('A daily letter leaves at its time, today or tomorrow, also when clocks change', () => {
  assert.equal(nextSlot('2026-11-27T06:59:59Z', DAILY, BERLIN), '2026-11-27T07:00:00Z');
  assert.equal(nextSlot('2026-11-27T07:00:00Z', DAILY, BERLIN), '2026-11-28T07:00:00Z');
  assert.equal(nextSlot('2026-03-28T12:00:00Z', DAILY, BERLIN), '2026-03-29T06:00:00Z');
  assert.equal(nextSlot('2026-10-24T12:00:00Z', DAILY, BERLIN), '2026-10-25T07:00:00Z');
  assert.equal(nextSlot('2026-03-29T00:10:00Z', { ...DAILY, at: '02:30:00' }, BERLIN), '2026-03-29T01:30:00Z');
});

test('A weekly letter leaves on its day of the recipient’s calendar', () => {
  assert.equal(nextSlot('2026-11-27T16:29:00Z', FRIDAYS, BERLIN), '2026-11-27T16:30:00Z');
  assert.equal(nextSlot('2026-11-27T16:30:00Z', FRIDAYS, BERLIN), '2026-12-04T16:30:00Z');
  assert.equal(nextSlot('2026-11-26T12:00:00Z', FRIDAYS, 'Pacific/Auckland'), '2026-11-27T04:30:00Z');
});

test('Every message is in the next letter, and no letter is passed over', () => {
  const at = fc.integer({ min: 0, max: 365 * 96 }).map((quarter) => new Date(Date.UTC(2026, 0, 1) + quarter * 900_000).toISOString());
  const hour = fc.integer({ min: 4, max: 23 }).map((value) => `${String(value).padStart(2, '0')}:00:00`);
  fc.assert(
    fc.property(at, hour, fc.constantFrom('UTC', BERLIN, 'America/New_York', 'Australia/Lord_Howe'), (after, time, zone) => {
      const slot = nextSlot(after, { rhythm: 'daily', at: time }, zone);
      const hours = (Date.parse(slot) - Date.parse(after)) / 3_600_000;
      assert.ok(hours > 0 && hours <= 25, `${hours} hours`);
      assert.equal(momentIn(zone, slot).slice(11), time);
    }),
  );
});
