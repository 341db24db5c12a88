import { globSync } from 'node:fs';
import type { Cleanup } from './cleanup.ts';
import { ROOT, runStep, type Step, type StepResult } from './step.ts';
import { findTestFiles } from './test-files.ts';

const AT_ONCE = 2;
const UNIT_MILLISECONDS_MAX = 60_000;

/** Everything that `npm run check` does, the longest first. */
function checkSteps(): readonly Step[] {
  const files = findTestFiles(ROOT);
  const generators = globSync('{platform,modules,admin-ui}/**/generate.ts', {
    cwd: ROOT,
    exclude: isLibrary,
  }).toSorted();
  return [
    { name: 'lint', program: 'oxlint', parameters: ['--format=unix'] },
    { name: 'types', program: 'tsc', parameters: ['--noEmit', '--pretty', 'false'] },
    ...unitTests('unit tests', files.unit),
    ...unitTests('architecture', files.architecture),
    { name: 'format', program: 'oxfmt', parameters: ['--list-different'], remedy: 'npx oxfmt' },
    ...generators.map((file) => generated(file)),
  ];
}

/** Runs the steps, two at a time, and shows each when it has ended. */
export async function runCheck(cleanup: Cleanup, show: (text: string) => void): Promise<readonly StepResult[]> {
  const waiting = [...checkSteps()];
  const results: StepResult[] = [];
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await runStep(step, cleanup);
      results.push(result);
      show(describeResult(result));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

/** One line, and for a step that failed what it wrote. */
export function describeResult({ name, isOk, seconds, output, counts }: StepResult): string {
  const tests = counts.passed + counts.failed + counts.skipped > 1 ? `  ${counts.passed} passed, ${counts.failed} failed` : '';
  const line = `${isOk ? 'ok  ' : 'FAIL'}  ${name.padEnd(34)} ${seconds.toFixed(1).padStart(5)} s${tests}`;
  return isOk || output.trim() === '' ? line : `${line}\n${output.trimEnd().replaceAll(/^/gm, '      ')}`;
}

/** A generator answers `--check` with failure when what it writes is not what lies there. */
function generated(file: string): Step {
  return { name: `${file} --check`, program: 'node', parameters: [file, '--check'], remedy: `node ${file}` };
}

function unitTests(name: string, testFiles: readonly string[]): readonly Step[] {
  if (testFiles.length === 0) return [];
  // In one process: what they have in common is loaded once, which is two thirds of their time.
  const parameters = [
    '--test',
    '--test-isolation=none',
    `--test-timeout=${UNIT_MILLISECONDS_MAX}`,
    '--test-reporter=dot',
    '--test-reporter-destination=stdout',
  ];
  return [{ name, program: 'node', parameters, testFiles }];
}

function isLibrary(path: string): boolean {
  return /(^|[/\\])(node_modules|dist)$/.test(path);
}
