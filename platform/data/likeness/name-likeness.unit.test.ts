import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameLikeness } from './name-likeness.ts';

for (const [one, other, isAlike] of [
  ['Adler GmbH', 'ADLER AG', true],
  ['Müller & Söhne KG', 'Mueller und Soehne', true],
  ['Schmidtmann Elektrotechnik', 'Elektrotechnik Schmidtman GmbH', true],
  ['Adler GmbH', 'Adler Maschinenbau GmbH', false],
  ['Bauer', 'Bäcker', false],
  ['GmbH', 'AG', false],
] as const)
  test(`${one} and ${other} are ${isAlike ? '' : 'not '}alike`, () => {
    assert.equal(nameLikeness(one, other) >= 0.8, isAlike, String(nameLikeness(one, other)));
  });
