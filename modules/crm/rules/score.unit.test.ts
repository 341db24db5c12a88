import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scoreOf } from './score.ts';

test('A score is the sum of what speaks for a lead, and says what that is', () => {
  assert.deepEqual(scoreOf({}), { score: '0', scoreSteps: [] });
  assert.deepEqual(scoreOf({ email: 'eva@falk.example', source: 'referral', employees: 60 }), {
    score: '35',
    scoreSteps: [
      { step: 'email', points: 10 },
      { step: 'source', points: 20 },
      { step: 'size', points: 5 },
    ],
  });
});

test('More than a hundred there is not', () => {
  const all = {
    email: 'a',
    phone: 'b',
    companyName: 'c',
    interest: 'd',
    source: 'referral',
    rating: 'hot',
    employees: 900,
    qualifiedAt: 'e',
  } as const;
  assert.equal(scoreOf(all).score, '100');
});
