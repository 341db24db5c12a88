import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schemaProblems } from './definition-errors.ts';

const missing = (missingProperty: string, instancePath = '') => ({
  keyword: 'required',
  instancePath,
  schemaPath: '#/required',
  params: { missingProperty },
});

test('What a type of field cannot do without is asked for in words of whoever makes it, in both languages', () => {
  const problems = schemaProblems([missing('path'), missing('targets'), missing('label', '/options/0')], []);
  assert.deepEqual(
    problems.map(({ pointer, message, sentence }) => [pointer, message, sentence?.de]),
    [
      ['/path', 'Choose the field that it reads.', 'Wählen Sie das Feld, das gelesen wird.'],
      ['/targets', 'Choose what it may refer to.', 'Wählen Sie, worauf verwiesen werden darf.'],
      ['/options/0/label', '"label" is missing.', undefined],
    ],
  );
});

test('A setting that has a pattern tells how it is written, in both languages, and never shows the expression', () => {
  const wrong = (setting: string, pattern: string) => ({
    keyword: 'pattern',
    instancePath: `/${setting}`,
    schemaPath: `#/properties/${setting}/pattern`,
    params: { pattern },
    message: `must match pattern "${pattern}"`,
  });
  const [format, icon] = schemaProblems([wrong('format', '^[^{}]*\\{0+\\}$'), wrong('icon', '^[a-z]+$')], []);
  assert.match(format?.message ?? '', /one run of zeros in braces.*such as OF-\{YYYY\}-\{00000\}/);
  assert.match(format?.sentence?.de ?? '', /Folge von Nullen.*etwa AN-\{YYYY\}-\{00000\}/);
  assert.deepEqual([format?.pointer, format?.field, format?.rule], ['/format', 'format', 'pattern']);
  assert.match(icon?.sentence?.de ?? '', /etwa file-text/);
});

test('A bound that a setting breaks is said in German too', () => {
  const error = { keyword: 'minimum', instancePath: '/maxLength', schemaPath: '#', params: { limit: 1 }, message: 'must be >= 1' };
  const [bound] = schemaProblems([error], []);
  assert.deepEqual(bound?.sentence, { en: '"maxLength" must be >= 1.', de: 'Mindestens 1.' });
});
