import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';

const ROOT = join(import.meta.dirname, '..', '..');
const PROGRAMS = join(ROOT, 'node_modules', '.bin');
const PROMISE = 'export async function wait(): Promise<void> {}';

const lines = (count: number): string => Array.from({ length: count }, (_, at) => `export const line${at} = ${at};`).join('\n');
const body = (count: number): string => `export function long(): void {\n${'  void 0;\n'.repeat(count)}}\n`;

/** [file, its text, the rule that must speak] */
const FORBIDDEN: readonly (readonly [path: string, text: string, rule: string])[] = [
  ['platform/lines.ts', lines(301), 'max-lines'],
  ['platform/function.ts', body(50), 'max-lines-per-function'],
  ['admin-ui/src/component.tsx', body(120), 'max-lines-per-function'],
  ['platform/depth.ts', 'if (a) { if (b) { if (c) { if (d) { e(); } } } }', 'max-depth'],
  ['platform/parameters.ts', 'export function f(a: 1, b: 1, c: 1, d: 1, e: 1): void { void [a, b, c, d, e]; }', 'max-params'],
  ['platform/cycle-a.ts', "import { b } from './cycle-b.ts';\nexport const a = b;", 'no-cycle'],
  ['platform/cycle-b.ts', "import { a } from './cycle-a.ts';\nexport const b = a;", 'no-cycle'],
  ['platform/default.ts', 'export default 1;', 'no-default-export'],
  ['platform/type-import.ts', "import { A } from './types.ts';\nexport const a: A = 1;", 'consistent-type-imports'],
  ['platform/any.ts', 'export const a: any = 1;', 'no-explicit-any'],
  ['platform/hidden-any.ts', "export const a: { b: number } = JSON.parse('{}');", 'no-unsafe-assignment'],
  ['platform/non-null.ts', 'export const f = (a?: string): string => a!;', 'no-non-null-assertion'],
  ['platform/ignored.ts', '// @ts-ignore\nexport const a = 1;', 'ban-ts-comment'],
  ['platform/floating.ts', `${PROMISE}\nwait();`, 'no-floating-promises'],
  ['platform/misused.ts', `${PROMISE}\n[1].forEach(wait);`, 'no-misused-promises'],
  ['platform/thrown.ts', "export const f = (): void => { throw 'text'; };", 'only-throw-error'],
  ['platform/cases.ts', "export const f = (a: 'b' | 'c'): void => { switch (a) { case 'b': } };", 'switch-exhaustiveness'],
  ['platform/console.ts', 'console.log(1);', 'no-console'],
  ['platform/later.ts', '// TODO: later\nexport const a = 1;', 'no-warning-comments'],
];

const ALLOWED: Readonly<Record<string, string>> = {
  'platform/types.ts': 'export type A = number;',
  'platform/lines-fit.ts': lines(300),
  'platform/function-fits.ts': body(48),
  'platform/long.test.ts': `export function long(): void {\n${'  void 0;\n'.repeat(118)}}\n`,
  'platform/big.gen.ts': lines(400),
  'platform/metadata/generate.ts': 'console.log(1);',
  'admin-ui/vite.config.ts': 'export default {};',
  'bench/row.ts': "export const a: { b: number } = JSON.parse('{}');",
};

describe('The linter reports', () => {
  const root = mkdtempSync(join(tmpdir(), 'tessera-lint-'));
  let problems: readonly string[] = [];

  before(() => {
    const planted = FORBIDDEN.map(([path, text]) => [path, text] as const);
    for (const [path, text] of [...planted, ...Object.entries(ALLOWED)]) write(join(root, path), text);
    write(join(root, 'tsconfig.json'), '{"compilerOptions":{"strict":true,"allowImportingTsExtensions":true,"noEmit":true}}');
    copyFileSync(join(ROOT, '.oxlintrc.json'), join(root, '.oxlintrc.json'));
    const ran = spawnSync(join(PROGRAMS, 'oxlint'), ['--format=unix'], { cwd: root, encoding: 'utf8' });
    problems = ran.stdout.split('\n').filter((line) => /^[^ ]+:\d+:\d+: /.test(line));
    assert.ok(problems.length > 0, ran.stdout + ran.stderr);
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  for (const [path, , rule] of FORBIDDEN) {
    test(`${rule} in ${path}`, () => {
      const found = problems.filter((line) => line.startsWith(`${path}:`));
      assert.ok(
        found.some((line) => line.includes(`(${rule}`)),
        found.join('\n') || 'nothing',
      );
    });
  }

  test('nothing in files that keep to the rules', () => {
    const wrong = problems.filter((line) => Object.keys(ALLOWED).some((path) => line.startsWith(`${path}:`)));
    assert.deepEqual(wrong, []);
  });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
