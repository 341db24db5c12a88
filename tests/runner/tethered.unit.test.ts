import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startTethered } from './tethered.ts';

const SLEEPS = { program: 'sh', parameters: ['-c', 'sleep 60 & sleep 61 & echo $! ; wait'] };

test('A command gives its exit code and its output', async () => {
  const output: string[] = [];
  const command = { program: 'sh', parameters: ['-c', 'echo "$1"; exit 3', 'sh', 'a b'], onOutput: add(output) };
  assert.equal(await startTethered(command).ended, 3);
  assert.equal(output.join(''), 'a b\n');
});

test('A command that does not exist has failed', async () => {
  const running = startTethered({ program: 'no-such-program', parameters: [], onOutput: () => undefined });
  assert.equal(await running.ended, 127);
});

test('What a command leaves behind ends with it', async () => {
  const output: string[] = [];
  const parameters = ['-c', 'sleep 60 >/dev/null & echo $!'];
  assert.equal(await startTethered({ program: 'sh', parameters, onOutput: add(output) }).ended, 0);
  await ends(Number(output.join('')));
});

test('Stopping ends the command and all it has started, however often it is asked for', async () => {
  const output: string[] = [];
  const running = startTethered({ ...SLEEPS, onOutput: add(output) });
  const pid = await firstNumber(output);
  await running.stop();
  await running.stop();
  await ends(pid);
});

test('The command ends when its starter is killed', async () => {
  const module = JSON.stringify(join(import.meta.dirname, 'tethered.ts'));
  const code = `const { startTethered } = await import(${module}); startTethered(${JSON.stringify(SLEEPS)});`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output: string[] = [];
  starter.stdout.setEncoding('utf8').on('data', add(output));
  const pid = await firstNumber(output);
  starter.kill('SIGKILL');
  await ends(pid);
});

function add(output: string[]): (text: string) => void {
  return (text) => void output.push(text);
}

async function firstNumber(output: readonly string[]): Promise<number> {
  await until(() => output.join('').includes('\n'));
  return Number(output.join('').trim());
}

async function ends(pid: number): Promise<void> {
  assert.ok(pid > 1);
  await until(() => !isRunning(pid));
}

/** A process that has ended and that nobody has waited for yet runs no more. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 10_000; !holds();) {
    assert.ok(Date.now() < deadline, 'It did not happen within ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
