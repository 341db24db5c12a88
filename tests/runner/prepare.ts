import { join } from 'node:path';
import { preparedEnvironment } from '#tests/support/prepared.ts';
import type { Cleanup } from './cleanup.ts';
import { projectEnvironment, ROOT } from './step.ts';
import { startTethered } from './tethered.ts';

const SCRIPT = join(import.meta.dirname, 'prepare-installation.ts');
/** Fewer test files start theirs from nothing in the time that preparing one takes. */
const FILES_MIN = 3;

/**
 * What tells test files of an installation that is prepared for them. Nothing where they are few or lack a database, or where it cannot be
 * prepared: then each starts its own from nothing, and says itself what is wrong with it.
 */
export async function prepareInstallation(
  { files, environment, show }: { files: number; environment: Readonly<Record<string, string | undefined>>; show: (text: string) => void },
  cleanup: Cleanup,
): Promise<Readonly<Record<string, string>>> {
  if (files < FILES_MIN || environment['TEST_DATABASE_URL'] === undefined) return {};
  const started = performance.now();
  let said = '';
  const running = startTethered({
    program: process.execPath,
    parameters: [SCRIPT],
    folder: ROOT,
    environment: { ...projectEnvironment(), ...environment },
    onOutput: (text) => void (said += text),
  });
  cleanup.add(running.stop);
  const isMade = (await running.ended) === 0;
  const found = isMade ? /^{"databasePrefix":.*}$/m.exec(said)?.[0] : undefined;
  const how = found === undefined ? `not prepared: ${said.trim().slice(-500)}` : `${((performance.now() - started) / 1000).toFixed(1)} s`;
  show(`${found === undefined ? 'none' : 'with'}  ${'a prepared installation'.padEnd(34)} ${how}`);
  return found === undefined ? {} : preparedEnvironment(JSON.parse(found));
}
