import { readFileSync } from 'node:fs';
import { StartError } from './start-error.ts';

/** As whom PostgreSQL runs. It refuses to run as root, so root lowers itself to an account that exists. */
export type Account = { readonly uid?: number; readonly gid?: number; readonly lowered: boolean };

/** This user, or for root `postgres`, else `nobody`. */
export function chooseAccount(): Account {
  if (process.getuid?.() !== 0) return { lowered: false };
  const lines = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  if (!found)
    throw new StartError(
      'PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to run it as. Start as another user, or set DATABASE_URL.',
    );
  return { uid: Number(found[2]), gid: Number(found[3]), lowered: true };
}
