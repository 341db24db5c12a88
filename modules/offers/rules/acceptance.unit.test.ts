import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptanceOf, acceptanceTerms } from './acceptance.ts';

const SENT = { sentAt: '2026-03-01T10:00:00.000Z', revision: 1 };

test('The link to an offer opens until a month after its last day, without one seven months after it was sent', () => {
  assert.equal(acceptanceTerms({ ...SENT, validUntil: '2026-03-15' })?.lastDay, '2026-04-14');
  assert.equal(acceptanceTerms(SENT)?.lastDay, '2026-09-27');
  assert.equal(acceptanceTerms({}), null);
});

test('It is good for what was sent then: for no other revision, and not when the offer is sent anew', () => {
  const mark = acceptanceTerms(SENT)?.mark;
  assert.equal(acceptanceTerms({ ...SENT, sentAt: '2026-03-01T10:00:00Z' })?.mark, mark);
  assert.notEqual(acceptanceTerms({ ...SENT, revision: 2 })?.mark, mark);
  assert.notEqual(acceptanceTerms({ ...SENT, sentAt: '2026-03-02T10:00:00.000Z' })?.mark, mark);
});

test('What the customer finds follows the offer, and its last day, also before it is marked as expired', () => {
  const found = (status: 'sent' | 'accepted' | 'ordered' | 'declined' | 'expired' | 'superseded') =>
    acceptanceOf({ status, validUntil: '2026-03-15' }, '2026-03-15');
  assert.deepEqual((['sent', 'accepted', 'ordered', 'declined', 'expired', 'superseded'] as const).map(found), [
    'open',
    'accepted',
    'accepted',
    'declined',
    'expired',
    'replaced',
  ]);
  assert.equal(acceptanceOf({ status: 'sent', validUntil: '2026-03-15' }, '2026-03-16'), 'expired');
});
