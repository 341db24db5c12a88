import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { typstWords } from './typst-words.ts';

describe('What the typesetter says is said in German too', () => {
  const said: readonly (readonly [message: string, de: string])[] = [
    ['unknown variable: nonsense', 'Die Variable nonsense gibt es nicht.'],
    ['expected expression', 'Hier wird ein Ausdruck erwartet.'],
    ['expected string, found integer', 'Hier wird ein Text erwartet, da steht aber eine ganze Zahl.'],
    ['expected length, auto, or none, found string', 'Hier wird eine Länge oder auto oder nichts erwartet, da steht aber ein Text.'],
    ['unclosed delimiter', 'Eine Klammer ist nicht geschlossen.'],
    ['dictionary does not contain key "nmae"', 'Ein Feld "nmae" gibt es hier nicht.'],
    ['cannot add integer and string', 'Eine ganze Zahl und ein Text lassen sich nicht addieren.'],
    ['something that nobody has met', 'Der Setzer meldet auf Englisch: „Something that nobody has met.“'],
  ];
  for (const [message, de] of said) test(message, () => assert.equal(typstWords(message).de, de));
});
