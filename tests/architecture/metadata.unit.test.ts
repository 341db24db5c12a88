import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { modules } from '#tests/support/installation.ts';
import { plainText } from '#platform/kernel/json.ts';
import { VAT_BASES } from '#platform/kernel/vat/basis.ts';
import { loadStandard } from '#platform/metadata/load.ts';
import { readSeeds } from '#platform/metadata/seeds.ts';

const ROOT = join(import.meta.dirname, '..', '..', 'metadata');
const FILES = globSync('*/**/*.json', { cwd: ROOT }).filter((path) => !path.startsWith('schema'));

test('Every file names the schema that editors check it by; lists have no place for it', () => {
  for (const file of FILES) {
    const value = JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
    if (Array.isArray(value)) continue;
    const schema = value['$schema'];
    assert.ok(typeof schema === 'string' && existsSync(join(ROOT, dirname(file), schema)), `${file} names no schema that is there`);
  }
});

test('Every text that people read is there in German', async () => {
  const { objects, roles } = await loadStandard(ROOT);
  const englishOnly = [...objects, ...roles].flatMap((one) => englishOnlyIn(one, one.name));
  assert.deepEqual(englishOnly, []);
});

test('Every icon is one that the screens have', async () => {
  const drawn = readFileSync(join(ROOT, '..', 'admin-ui', 'src', 'ui', 'icon.tsx'), 'utf8');
  const { objects } = await loadStandard(ROOT);
  const missing = objects.filter(({ icon }) => icon !== undefined && !new RegExp(`^ {2}'?${icon}'?: Icon`, 'm').test(drawn));
  assert.deepEqual(
    missing.map(({ name, icon }) => `${name}: ${icon}`),
    [],
  );
});

test('Shipped records that people know by a sentence have it in both languages', async () => {
  const seeds = [...(await readSeeds(ROOT, 'audit')), ...(await readSeeds(ROOT, 'notifications'))].filter(
    ({ object }) => object !== 'template',
  );
  const names = seeds.flatMap(({ records }) => records.map(({ values }) => plainText(values['name'])));
  assert.ok(names.length > 15);
  assert.deepEqual(
    names.filter((name) => !/^\S.* · \S/.test(name)),
    [],
  );
});

/** Where a text has `en` and no `de`. */
function englishOnlyIn(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('en' in value && typeof value.en === 'string') return 'de' in value && value.de ? [] : [`${path}: ${value.en}`];
  return Object.entries(value).flatMap(([key, inner]) => englishOnlyIn(inner, `${path}.${key}`));
}

test('What VAT stands on is named for people by the keys that the kernel decides with', async () => {
  const { objects } = await loadStandard(ROOT);
  const fields = objects.flatMap((object) =>
    object.fields.filter((field) => field.name === 'vatBasis').map((field) => ({ name: object.name, field })),
  );
  assert.equal(fields.length, 6);
  for (const { name, field } of fields)
    assert.deepEqual(
      field.options?.map(({ key }) => key),
      VAT_BASES,
      name,
    );
});

test('A command that hands out a link names a public page of its module and object', async () => {
  const { objects } = await loadStandard(ROOT);
  const handing = objects.flatMap(({ name, module, commands }) =>
    commands.flatMap(({ handsOut }) => (handsOut === undefined ? [] : [{ name, module, handsOut }])),
  );
  const pages = modules.flatMap(({ name, publicPages }) =>
    publicPages.map((page) => ({ name: page.object, module: name, handsOut: page.name })),
  );
  const byPage = (one: { handsOut: string }, other: { handsOut: string }): number => one.handsOut.localeCompare(other.handsOut);
  assert.deepEqual(handing.toSorted(byPage), pages.toSorted(byPage));
});
