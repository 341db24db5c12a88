import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { momentIn } from '#platform/kernel/dates.ts';
import { endOfQuiet, type QuietHours } from './quiet-hours.ts';

const NIGHT = { from: '22:00:00', until: '07:00:00' };
const LUNCH = { from: '12:00:00', until: '13:30:00' };

const CASES: readonly {
  readonly says: string;
  readonly at: string;
  readonly zone: string;
  readonly hours: QuietHours;
  readonly end: string | null;
}[] = [
  { says: 'before the night', at: '2026-11-27T20:59:59Z', zone: 'Europe/Berlin', hours: NIGHT, end: null },
  { says: 'as the night begins', at: '2026-11-27T21:00:00Z', zone: 'Europe/Berlin', hours: NIGHT, end: '2026-11-28T06:00:00.000Z' },
  { says: 'past midnight', at: '2026-11-28T02:10:07.5Z', zone: 'Europe/Berlin', hours: NIGHT, end: '2026-11-28T06:00:00.000Z' },
  { says: 'as the night ends', at: '2026-11-28T06:00:00Z', zone: 'Europe/Berlin', hours: NIGHT, end: null },
  { says: 'at noon', at: '2026-11-28T11:15:00Z', zone: 'Europe/Berlin', hours: LUNCH, end: '2026-11-28T12:30:00.000Z' },
  { says: 'at noon elsewhere', at: '2026-11-28T11:15:00Z', zone: 'America/New_York', hours: LUNCH, end: null },
  {
    says: 'the night that has an hour less',
    at: '2026-03-28T21:30:00Z',
    zone: 'Europe/Berlin',
    hours: NIGHT,
    end: '2026-03-29T05:00:00.000Z',
  },
  {
    says: 'the night that has an hour more',
    at: '2026-10-24T20:30:00Z',
    zone: 'Europe/Berlin',
    hours: NIGHT,
    end: '2026-10-25T06:00:00.000Z',
  },
  {
    says: 'an end that clocks leave out is when they are put forward',
    at: '2026-03-29T00:30:00Z',
    zone: 'Europe/Berlin',
    hours: { from: '22:00:00', until: '02:30:00' },
    end: '2026-03-29T01:00:00Z',
  },
  {
    says: 'what clocks show twice is quiet twice',
    at: '2026-10-25T01:10:00Z',
    zone: 'Europe/Berlin',
    hours: { from: '22:00:00', until: '02:30:00' },
    end: '2026-10-25T01:30:00.000Z',
  },
];

test('Quiet hours end as clocks show it, past midnight and on days on which clocks change', () => {
  for (const { says, at, zone, hours, end } of CASES) assert.equal(endOfQuiet(at, [hours], zone), end, says);
});

test('What lies in one of several quiet hours waits until none is left; where none ever is, the first alone count', () => {
  const [evening, morning] = [
    { from: '20:00:00', until: '23:00:00' },
    { from: '22:30:00', until: '06:00:00' },
  ];
  assert.equal(endOfQuiet('2026-11-28T21:00:00Z', [evening, morning], 'UTC'), '2026-11-29T06:00:00.000Z');
  const [own, others] = [NIGHT, { from: '07:00:00', until: '22:00:00' }];
  assert.equal(endOfQuiet('2026-11-28T23:00:00Z', [own, others], 'UTC'), '2026-11-29T07:00:00.000Z');
  assert.equal(endOfQuiet('2026-11-28T12:00:00Z', [own, others], 'UTC'), null);
});

/** All clocks of the world differ by whole quarters of an hour. */
const STEP = 15 * 60_000;
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Casablanca'];
const time = fc.integer({ min: 0, max: 95 }).map((quarter) => `${pad(Math.floor(quarter / 4))}:${pad((quarter % 4) * 15)}:00`);
const hours = fc.record({ from: time, until: time }).filter(({ from, until }) => from !== until);
/** Around days on which clocks change somewhere, and on any day. */
const at = fc
  .oneof(
    fc
      .constantFrom('2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z', '2026-04-04T15:00Z')
      .map(Date.parse),
    fc.integer({ min: 0, max: 365 }).map((day) => Date.UTC(2026, 0, 1 + day)),
  )
  .chain((moment) => fc.integer({ min: -96, max: 96 }).map((quarters) => moment + quarters * STEP));

test('Looked at step by step, the end is the first one at which clocks show nothing quiet', () => {
  fc.assert(
    fc.property(at, hours, fc.constantFrom(...ZONES), (start, quiet, zone) => {
      const found = endOfQuiet(new Date(start).toISOString(), [quiet], zone);
      assert.equal(found === null ? start : Date.parse(found), firstLoud(start, quiet, zone));
    }),
    { numRuns: 100 },
  );
});

/** By looking, not by counting. */
function firstLoud(start: number, { from, until }: QuietHours, zone: string): number {
  let now = start;
  for (;;) {
    const shown = momentIn(zone, new Date(now).toISOString()).slice(11);
    const isQuiet = from < until ? shown >= from && shown < until : !(shown >= until && shown < from);
    if (!isQuiet) return now;
    now += STEP;
  }
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
