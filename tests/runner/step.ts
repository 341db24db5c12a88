import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { countsOfTap, failedFilesOfTap, NONE, skipReasonsOfTap, type Counts } from './counts.ts';
import { startTethered, type Command } from './tethered.ts';
import type { Cleanup } from './cleanup.ts';

/** The project's folder. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** One thing that is checked. */
export type Step = {
  readonly name: string;
  /** A program of node_modules/.bin, or `node`. */
  readonly program: string;
  readonly parameters: readonly string[];
  /** Test files, run by `node --test`; each of their tests counts. A step without counts as one. */
  readonly testFiles?: readonly string[];
  /** Shows the output as it comes instead of at the end of a step that failed. */
  readonly isLive?: boolean;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** What to do when it fails, where a command does it. */
  readonly remedy?: string;
};

/** How a step ended. `output` is what it wrote, empty when that was shown as it came. */
export type StepResult = {
  readonly name: string;
  readonly isOk: boolean;
  readonly seconds: number;
  readonly output: string;
  readonly counts: Counts;
  readonly skipReasons: readonly string[];
  /** The test files of which something failed, where all of them are known. */
  readonly failedFiles: readonly string[];
};

/** Runs a step to its end, or until `cleanup` runs. */
export async function runStep(step: Step, cleanup: Cleanup): Promise<StepResult> {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'tessera-step-'));
  cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
  const tapFile = join(folder, 'tap');
  let output = '';
  const running = startTethered({
    ...commandOf(step, tapFile),
    ...(step.isLive ? {} : { onOutput: (text: string) => void (output += text) }),
  });
  cleanup.add(running.stop);
  const code = await running.ended;
  const tap = step.testFiles ? readOrEmpty(tapFile) : '';
  const isOk = code === 0;
  rmSync(folder, { recursive: true, force: true });
  const seconds = (performance.now() - started) / 1000;
  if (!isOk && step.remedy) output += `\nTo mend it: ${step.remedy}`;
  const failedFiles = failedFilesOfTap(
    tap,
    (step.testFiles ?? []).map((file) => join(ROOT, file)),
  );
  const told = { counts: countsOf(tap, isOk), skipReasons: skipReasonsOfTap(tap), failedFiles: isOk ? [] : (failedFiles ?? []) };
  return { name: step.name, isOk, seconds, output, ...told };
}

/** A step without tests, and one whose tests could not be counted, counts as one. What broke beside its tests counts as a failure. */
function countsOf(tap: string, isOk: boolean): Counts {
  const counts = countsOfTap(tap) ?? (isOk ? { ...NONE, passed: 1 } : NONE);
  return isOk || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

const COMPILED = join(ROOT, 'node_modules', '.cache', 'compiled');

/**
 * Our environment, with the project's programs found first, and what a process compiles kept for the next: every test file loads most
 * of the platform. `node --test` inside a test would else take itself for a part of it.
 */
export function projectEnvironment(): NodeJS.ProcessEnv {
  const path = [join(ROOT, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return { ...process.env, PATH: path, NODE_COMPILE_CACHE: COMPILED, NODE_TEST_CONTEXT: undefined };
}

function commandOf(step: Step, tapFile: string): Command {
  const tests = step.testFiles ? ['--test-reporter=tap', `--test-reporter-destination=${tapFile}`, ...step.testFiles] : [];
  return {
    program: step.program === 'node' ? process.execPath : step.program,
    parameters: [...step.parameters, ...tests],
    folder: ROOT,
    environment: { ...projectEnvironment(), ...step.environment },
  };
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
