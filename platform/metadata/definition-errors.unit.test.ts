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
      ['/options/0/label', '"label" is missing.', '„label“ fehlt.'],
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

test('What a setting must be is said in words of ours in both languages, whatever rule of the schema it broke', () => {
  const of = (keyword: string, params: Readonly<Record<string, unknown>>) => {
    const [found] = schemaProblems([{ keyword, instancePath: '/options/0', schemaPath: '#', params, message: 'LIBRARY' }], []);
    return [found?.message, found?.sentence?.de];
  };
  assert.deepEqual(of('type', { type: ['string', 'null'] }), [
    '"options 1" must be a text or null.',
    '„options 1“ muss ein Text oder null sein.',
  ]);
  assert.deepEqual(of('enum', { allowedValues: ['a', 'b'] }), [
    '"options 1" must be one of a, b.',
    '„options 1“ muss eines von diesen sein: a, b.',
  ]);
  assert.deepEqual(of('const', { allowedValue: 1 }), ['"options 1" must be 1.', '„options 1“ muss 1 sein.']);
  for (const keyword of ['oneOf', 'anyOf', 'not', 'format', 'pattern', 'uniqueItems', 'minProperties', 'dependentRequired'])
    for (const said of of(keyword, {})) assert.doesNotMatch(said ?? 'LIBRARY', /LIBRARY/, keyword);
});
