import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { describeResult } from './check-steps.ts';
import { createCleanup } from './cleanup.ts';
import { runStep } from './step.ts';
import { findTestFiles } from './test-files.ts';

test('A step that is well takes one line, a failed one shows what it wrote and the remedy', async () => {
  const well = await runStep({ name: 'well', program: 'node', parameters: ['-e', 'console.log(1)'] }, createCleanup());
  assert.match(describeResult(well), /^ok {4}well +\d+\.\d s$/);
  const parameters = ['-e', 'console.log("the reason"); process.exit(1)'];
  const failed = await runStep({ name: 'ill', program: 'node', parameters, remedy: 'npx medicine' }, createCleanup());
  assert.match(describeResult(failed), /^FAIL {2}ill .*\n +the reason\n +\n? *To mend it: npx medicine$/);
  assert.deepEqual(
    [well.counts, failed.counts],
    [
      { passed: 1, failed: 0, skipped: 0 },
      { passed: 0, failed: 1, skipped: 0 },
    ],
  );
});

test('A step of tests counts them; one that breaks beside its tests has failed', async () => {
  const root = project({
    'a.test.ts': `import { test } from 'node:test'; test('a'); test('b', { skip: 'no time' });`,
    'b.test.ts': `import { test } from 'node:test'; test('c', () => { throw new Error('bad'); });`,
    'c.test.ts': `syntax error`,
  });
  const run = async (...files: readonly string[]) => {
    const testFiles = files.map((file) => join(root, file));
    const parameters = ['--test', '--test-reporter=dot', '--test-reporter-destination=stdout'];
    return runStep({ name: 'tests', program: 'node', parameters, testFiles }, createCleanup());
  };
  const [well, failed, broken] = [await run('a.test.ts'), await run('a.test.ts', 'b.test.ts'), await run('c.test.ts')];
  rmSync(root, { recursive: true });
  assert.deepEqual([well.isOk, well.counts], [true, { passed: 1, failed: 0, skipped: 1 }]);
  assert.deepEqual(well.skipReasons, ['1 × no time']);
  assert.deepEqual([failed.isOk, failed.counts], [false, { passed: 1, failed: 1, skipped: 1 }]);
  assert.deepEqual([broken.isOk, broken.counts], [false, { passed: 0, failed: 1, skipped: 0 }]);
});

test('Test files are found wherever they lie, in their three kinds', () => {
  const root = project({
    'platform/data/a.test.ts': '',
    'modules/offers/rules/b.unit.test.ts': '',
    'tests/architecture/c.unit.test.ts': '',
    'admin-ui/src/d.test.tsx': '',
    'admin-ui/node_modules/x/e.test.ts': '',
    'platform/data/f.ts': '',
    'docs/g.test.ts': '',
  });
  const found = findTestFiles(root);
  rmSync(root, { recursive: true });
  assert.deepEqual(found, {
    architecture: ['tests/architecture/c.unit.test.ts'],
    unit: ['modules/offers/rules/b.unit.test.ts'],
    other: ['admin-ui/src/d.test.tsx', 'platform/data/a.test.ts'],
  });
});

function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'tessera-runner-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
