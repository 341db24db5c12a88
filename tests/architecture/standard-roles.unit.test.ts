import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsTexts } from '#admin-ui/src/i18n/texts/problems.ts';
import standardRoles from '#metadata/platform/roles.json' with { type: 'json' };

test('The screens call the roles that come with the product as their files do, in both languages', () => {
  const texts: { readonly [key: string]: readonly [string, string] } = problemsTexts;
  assert.deepEqual(
    standardRoles.map(({ name }) => texts[`role.${name}`]),
    standardRoles.map(({ label }) => [label.en, label.de]),
  );
});
