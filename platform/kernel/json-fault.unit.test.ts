import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jsonFault } from './json-fault.ts';

describe('Why a text is no JSON is said in both languages', () => {
  const said: readonly (readonly [text: string, en: string, de: string])[] = [
    [
      '{',
      'a name in double quotes or a } is expected in line 1, column 2',
      'ein Name in doppelten Anführungszeichen oder eine } wird erwartet in Zeile 1, Spalte 2',
    ],
    [
      '{"a":1,\n}',
      'a name in double quotes is expected in line 2, column 1',
      'ein Name in doppelten Anführungszeichen wird erwartet in Zeile 2, Spalte 1',
    ],
    ['{"a":}', '} is not expected', '} wird nicht erwartet'],
    ['{"a" 1}', 'a : is expected in line 1, column 6', ': wird erwartet in Zeile 1, Spalte 6'],
    ['[1,2', 'a , or a ] is expected in line 1, column 5', ', oder ] wird erwartet in Zeile 1, Spalte 5'],
    ['{"a":1} x', 'something follows after its end in line 1, column 9', 'nach seinem Ende steht noch etwas in Zeile 1, Spalte 9'],
    ['{"a":"b', 'a text in it is not closed in line 1, column 8', 'ein Text darin ist nicht geschlossen in Zeile 1, Spalte 8'],
    [
      '{"a":"\\x"}',
      'what follows a backslash is not known in line 1, column 8',
      'nach einem umgekehrten Schrägstrich steht etwas Unbekanntes in Zeile 1, Spalte 8',
    ],
    ['', 'it ends too early', 'es endet zu früh'],
    ['{"a": 01}', 'it cannot be read in line 1, column 8', 'es lässt sich nicht lesen in Zeile 1, Spalte 8'],
  ];
  for (const [text, en, de] of said)
    test(JSON.stringify(text), () => {
      assert.throws(
        () => JSON.parse(text),
        (error) => {
          assert.deepEqual(jsonFault(text, error), { en, de });
          return true;
        },
      );
    });
});
