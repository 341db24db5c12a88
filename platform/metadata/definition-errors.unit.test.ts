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
