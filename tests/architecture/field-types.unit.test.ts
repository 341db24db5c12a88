import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { COUNTRY_CODES } from '#admin-ui/src/fields/country-codes.ts';
import { CURRENCIES } from '#admin-ui/src/fields/currencies.ts';
import { manyKey } from '#admin-ui/src/fields/reference-key.ts';
import { problemsTexts } from '#admin-ui/src/i18n/texts/problems.ts';
import { FIELD_TYPES, fieldType } from '#platform/kernel/field-types/index.ts';
import { isCurrency } from '#platform/kernel/money/currency.ts';
import { ROOT } from '#tests/runner/step.ts';

const FOLDER = `${ROOT}/admin-ui/src/fields`;

test('every field type of the server has its file on the screens, and stands in their list', () => {
  const list = readFileSync(`${FOLDER}/index.ts`, 'utf8');
  const shown = readdirSync(FOLDER).flatMap((file) =>
    [...readFileSync(`${FOLDER}/${file}`, 'utf8').matchAll(/export const (\w+): FieldUi = \{[^}]*name: '(\w+)'/g)].map(
      (found) => found[2] ?? '',
    ),
  );
  const types = FIELD_TYPES.map(({ name }) => name);
  assert.deepEqual(new Set(shown), new Set(types));
  for (const name of types) assert.match(list, new RegExp(`^  ${name},$`, 'm'), `${name} is not in the list of the screens`);
});

test('every currency that is offered is one', () => {
  assert.deepEqual(
    CURRENCIES.filter((code) => !isCurrency(code)),
    [],
  );
  assert.equal(new Set(CURRENCIES).size, CURRENCIES.length);
});

test('every country that is offered has a name, and stands there once', () => {
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  assert.deepEqual(
    COUNTRY_CODES.filter((code) => !/^[A-Z]{2}$/.test(code) || (names.of(code) ?? code) === code),
    [],
  );
  assert.equal(new Set(COUNTRY_CODES).size, COUNTRY_CODES.length);
});

test('the screens and the server write many references under the same key', () => {
  for (const name of ['tags', 'categories', 'addresses', 'boxes', 'staff', 'status', 'analysis', 'keys', 'branches', 'tag'])
    assert.equal(manyKey(name), fieldType('manyToMany').apiName?.(name), name);
});

test('the screens say of every field type what is expected there', () => {
  const said = new Set(Object.keys(problemsTexts));
  assert.deepEqual(
    FIELD_TYPES.map(({ name }) => `rule.${name}`).filter((key) => !said.has(key)),
    [],
  );
});
