import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLinkTokens } from './link-token.ts';

const SECRET = 'a secret of tests, long enough to be one';
const claims = { id: '0198a1b2-c3d4-7e5f-8a6b-0c1d2e3f4a5b', mark: '1 2026-01-31T10:00:00.000Z', lastDay: '2026-03-31' };
const tokens = openLinkTokens(SECRET, 'offers/acceptance');

test('A link says which record is meant, until when, and whether its state is still the one', () => {
  const read = tokens.read(tokens.issue(claims));
  assert.deepEqual([read?.id, read?.lastDay], [claims.id, claims.lastDay]);
  assert.deepEqual([read?.hasMark(claims.mark), read?.hasMark('2 2026-02-01T10:00:00.000Z')], [true, false]);
  assert.equal(tokens.issue(claims), tokens.issue(claims));
});

test('A link that differs in one letter anywhere, or in how it is written, is none', () => {
  const token = tokens.issue(claims);
  for (let at = 0; at < token.length; at += 1)
    for (const letter of ['A', 'B', '_', '.'])
      if (token[at] !== letter) assert.equal(tokens.read(`${token.slice(0, at)}${letter}${token.slice(at + 1)}`), null, `letter ${at}`);
  for (const wrong of ['', 'x', `${token}A`, `${token}=`, ` ${token}`, token.slice(0, -1), token.repeat(50)])
    assert.equal(tokens.read(wrong), null);
});

test('A link opens one page of one installation', () => {
  const token = tokens.issue(claims);
  assert.equal(openLinkTokens(SECRET, 'invoices/payment').read(token), null);
  assert.equal(openLinkTokens(`${SECRET}!`, 'offers/acceptance').read(token), null);
});
