import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mentionable, readable, typedMention, withMentions } from './mentions.ts';

const ANA = '01890a5d-ac96-774b-bcce-b302099a8057';
const ANABEL = '01890a5d-ac96-774b-bcce-b302099a8058';

describe('People mentioned in a comment', () => {
  test('are names on the screen and links on the way, there and back', () => {
    const sent = `Hello [@Ana](user:${ANA}), and [@Ana Bell](user:${ANABEL}).`;
    const { text, picked } = readable(sent);
    assert.equal(text, 'Hello @Ana, and @Ana Bell.');
    assert.equal(withMentions(text, picked), sent);
  });

  test('are only those who were picked, and whole names', () => {
    const picked = new Map([['Ana', ANA]]);
    assert.equal(withMentions('@Anabel, @Ben and mail@Ana', picked), `@Anabel, @Ben and mail[@Ana](user:${ANA})`);
    assert.equal(withMentions('@Ana', new Map()), '@Ana');
    assert.equal(withMentions('@A.B (x)', new Map([['A.B (x)', ANA]])), `[@A.B (x)](user:${ANA})`);
  });

  test('are looked for while they are typed', () => {
    assert.equal(typedMention('Hello @', 7), '');
    assert.equal(typedMention('Hello @An', 9), 'An');
    assert.equal(typedMention('Hello @Ana We', 13), 'Ana We');
    assert.equal(typedMention('mail@example', 12), null);
    assert.equal(typedMention('@Ana said', 2), 'A');
    assert.equal(typedMention('plain', 5), null);
  });

  test('have names that can stand in a link', () => {
    assert.equal(mentionable('A [the] B\n'), 'A  the  B');
  });
});
