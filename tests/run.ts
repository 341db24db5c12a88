/**
 * `npm test`: everything. The check, then all tests on a real PostgreSQL, RabbitMQ, Redis and browser, as far as this machine has
 * them; what it lacks is said and skipped, which counts as a failure where CI=true. `npm test -- <part of a path> …` runs only the
 * test files whose path contains one of the parts.
 */
import { describeResult, runCheck } from './runner/check-steps.ts';
import { relative } from 'node:path';
import { cleanUpOnSignals, createCleanup } from './runner/cleanup.ts';
import { countsLine, passedAfterAll, sum } from './runner/counts.ts';
import { prepareInstallation } from './runner/prepare.ts';
import { provideServices } from './runner/services/provide.ts';
import { ROOT, runStep, type StepResult } from './runner/step.ts';
import { findTestFiles } from './runner/test-files.ts';

const TEST_MILLISECONDS_MAX = 600_000;
const FILES_AT_ONCE = 2;
const UNSTEADY_FILES_MAX = 3;

const parts = process.argv.slice(2);
const cleanup = createCleanup();
cleanUpOnSignals(cleanup);
process.exitCode = report(await runEverything());

async function runEverything(): Promise<readonly StepResult[]> {
  try {
    const files = findTestFiles(ROOT);
    const chosen = Object.values(files)
      .flat()
      .filter((path) => parts.some((part) => path.includes(part)));
    if (parts.length > 0) return await runTests(chosen);
    return [...(await runCheck(cleanup, show)), ...(await runTests(files.other))];
  } finally {
    for (const failure of await cleanup.run()) show(`Could not clean up: ${String(failure)}`);
  }
}

/**
 * Runs them two files at a time. Those few that failed run once more, alone: what two browsers and twenty databases on two cores have
 * disturbed passes then, and is told as unsteady; what fails again has failed.
 */
async function runTests(testFiles: readonly string[]): Promise<readonly StepResult[]> {
  if (testFiles.length === 0) return [];
  const services = await provideServices(cleanup, show);
  const prepared = await prepareInstallation({ files: testFiles.length, environment: services, show }, cleanup);
  const environment = { ...services, ...prepared };
  const run = async (files: readonly string[], atOnce: number): Promise<StepResult> => {
    const limits = [`--test-concurrency=${atOnce}`, `--test-timeout=${TEST_MILLISECONDS_MAX}`];
    const parameters = ['--test', ...limits, '--test-reporter=spec', '--test-reporter-destination=stdout'];
    const result = await runStep({ name: 'tests', program: 'node', parameters, testFiles: files, isLive: true, environment }, cleanup);
    show(describeResult(result));
    return result;
  };
  const tested = await run(testFiles, FILES_AT_ONCE);
  const failed = tested.failedFiles.map((file) => relative(ROOT, file));
  if (failed.length === 0 || failed.length > UNSTEADY_FILES_MAX) return [tested];
  show(`Once more, alone: ${failed.join(', ')}`);
  const alone = await run(failed, 1);
  if (!alone.isOk) return [tested];
  show(`Unsteady, failed beside others and passed alone: ${failed.join(', ')}`);
  return [{ ...tested, isOk: true, counts: passedAfterAll(tested.counts) }];
}

/** Tells how it ended and returns the exit code. The counts stand alone on the last line. */
function report(all: readonly StepResult[]): number {
  const counts = sum(all.map((result) => result.counts));
  const broken = all.filter(({ isOk }) => !isOk).map(({ name }) => name);
  const isSkipFailure = process.env['CI'] === 'true' && counts.skipped > 0;
  for (const reason of all.flatMap(({ skipReasons }) => skipReasons)) show(`Skipped: ${reason}`);
  if (broken.length > 0) show(`Failed: ${broken.join(', ')}`);
  if (isSkipFailure) show('CI=true: what was skipped was not tested, so this is a failure.');
  show(countsLine(counts));
  return broken.length > 0 || isSkipFailure || counts.passed === 0 ? 1 : 0;
}

function show(text: string): void {
  console.log(text);
}
