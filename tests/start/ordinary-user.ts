import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '#tests/runner/step.ts';
import { openFolder } from './process.ts';

/** A user who is not root: how to start something as them, from which copy of the project, with a home folder of their own. */
export type OrdinaryUser = {
  readonly uid: number;
  readonly before: readonly string[];
  readonly project: string;
  readonly home: string;
};

const NOBODY = 65_534;
const PROGRAM = ['platform', 'modules', 'metadata', 'admin-ui', 'node_modules', 'package.json'];

/** Who runs the tests; where that is root, the account nobody, with the project in a place that it can reach. */
export function ordinaryUser(): OrdinaryUser {
  const folder = openFolder();
  const home = join(folder, 'home');
  mkdirSync(home, { mode: 0o700 });
  if (process.getuid?.() !== 0) return { uid: process.getuid?.() ?? 0, before: [], project: ROOT, home };
  chownSync(home, NOBODY, NOBODY);
  const before = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--'];
  return { uid: NOBODY, before, project: isReachable(ROOT) ? ROOT : copyTo(join(folder, 'project')), home };
}

/** Hard links where the file system is the same: the project is large, and nothing writes into it. */
function copyTo(project: string): string {
  mkdirSync(project, { mode: 0o755 });
  const sources = PROGRAM.map((name) => join(ROOT, name));
  try {
    execFileSync('cp', ['-al', ...sources, project], { stdio: 'ignore' });
  } catch {
    execFileSync('cp', ['-a', ...sources, project]);
  }
  return project;
}

function isReachable(folder: string): boolean {
  const mayEnter = (statSync(folder).mode & 0o005) === 0o005;
  return mayEnter && (folder === dirname(folder) || isReachable(dirname(folder)));
}
