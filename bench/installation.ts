import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { asObject, connect, type Client } from '#tests/demo/client.ts';

/** A running Tessera of its own, set up, with a client of its administrator. */
export type Installation = {
  readonly url: string;
  readonly pid: number;
  readonly token: string;
  readonly client: Client;
  readonly stop: () => Promise<void>;
};

/** Starts all services in one process on the given PostgreSQL and does the set-up by its one-time link. */
export async function startInstallation(environment: Record<string, string>): Promise<Installation> {
  const child = spawn(process.execPath, ['platform/main.ts'], {
    env: { ...process.env, ...environment, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const link = await setupLink(child);
  const token = link.searchParams.get('token') ?? '';
  const response = await fetch(`${link.origin}/api/platform/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token,
      company: { name: 'Bench', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' },
      user: { name: 'Ana', email: 'ana@example.com', password: 'correct horse battery staple' },
    }),
  });
  if (response.status >= 300) throw new Error(`Set-up answered ${response.status}: ${await response.text()}`);
  const session = String(asObject(await response.json())['token']);
  return {
    url: link.origin,
    pid: child.pid ?? 0,
    token: session,
    client: connect(link.origin, session),
    stop: () => stop(child),
  };
}

function setupLink(child: ChildProcess): Promise<URL> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) return reject(new Error('The server has no output'));
    createInterface(child.stdout).on('line', (line) => {
      const found = /https?:\/\/\S+\/setup\?token=\S+/.exec(line);
      if (found) resolve(new URL(found[0]));
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready`)));
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
