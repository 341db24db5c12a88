import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import i18next from 'i18next';
import { sentenceOf, sentenceOfField } from './sentences.ts';
import { problemsTexts } from './texts/problems.ts';

const texts: { readonly [key: string]: readonly [string, string] } = problemsTexts;
const currency = { en: 'Currency', de: 'Währung' };
const tooLong = { rule: 'maxLength', message: 'Currency is longer than 3 characters.', label: currency, limit: 3 };

describe('What the server refuses, in German', () => {
  before(async () => {
    const translation = Object.fromEntries(Object.entries(texts).map(([key, [, german]]) => [key, german]));
    const plain = { keySeparator: false, nsSeparator: false, interpolation: { escapeValue: false } } as const;
    await i18next.init({ lng: 'de', resources: { de: { translation } }, ...plain });
  });

  test('a rule is said with its limit, at the field and with the label where it stands alone', () => {
    assert.equal(sentenceOfField(tooLong), 'Höchstens 3 Zeichen.');
    const said = { code: 'invalid_value', detail: tooLong.message, transition: undefined };
    assert.equal(sentenceOf({ ...said, errors: [tooLong] }), 'Währung: Höchstens 3 Zeichen.');
    assert.equal(sentenceOf({ ...said, errors: [tooLong, tooLong] }), 'Währung: Höchstens 3 Zeichen. (und 1 weitere)');
  });

  test('a rule that nobody translated is said as one that does not fit, a sentence without a label as it came', () => {
    assert.equal(sentenceOfField({ ...tooLong, rule: 'maximum', limit: undefined }), 'Die Zahl ist zu groß.');
    assert.equal(sentenceOfField({ ...tooLong, rule: 'moonPhase' }), 'Dieser Wert passt nicht.');
    assert.equal(sentenceOfField({ rule: 'stock', message: 'Only 3 are left.' }), 'Only 3 are left.');
  });

  test('a value that is none of its field is told what is expected there', () => {
    assert.equal(sentenceOfField({ ...tooLong, rule: 'money', limit: undefined }), 'Bitte einen Betrag angeben, etwa 1.234,56.');
    assert.match(sentenceOfField({ ...tooLong, rule: 'date', limit: undefined }), /^Das ist kein Datum/);
  });

  test('a sentence that comes in both languages is said as it came, of a whole refusal and at a field', () => {
    const sentence = { en: 'Only 3 are left.', de: 'Nur 3 sind noch da.' };
    const said = { code: 'wrong_state', detail: sentence.en, errors: [], transition: undefined, sentence };
    assert.equal(sentenceOf(said), sentence.de);
    assert.equal(sentenceOfField({ rule: 'stock', message: sentence.en, sentence }), sentence.de);
  });

  test('a command in the wrong state names the states, a code without words of its own is said as it came', () => {
    const transition = { command: { en: 'Send', de: 'Senden' }, now: { en: 'Draft', de: 'Entwurf' }, from: [{ en: 'Approved' }] };
    const said = { detail: 'Line 2 is still open.', errors: [] };
    assert.match(sentenceOf({ ...said, code: 'wrong_state', transition }), /„Senden“ .*„Entwurf“.*„Approved“/);
    assert.equal(sentenceOf({ ...said, code: 'wrong_state', transition: undefined }), said.detail);
    assert.match(sentenceOf({ ...said, code: 'not_found', transition: undefined }), /gibt es nicht/);
  });
});
