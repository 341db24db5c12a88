import { spawn } from 'node:child_process';

/** A command to run; `environment` replaces ours. */
export type Command = {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where the output goes: to our own terminal, or to `onOutput`. */
  readonly onOutput?: (text: string) => void;
};

/** A running command that ends with us. */
export type Tethered = {
  /** Its exit code; a signal counts as 1. */
  readonly ended: Promise<number>;
  /** Asks it and all it has started to end, and kills what does not. */
  readonly stop: () => Promise<void>;
};

/**
 * The command runs in a process group of its own, beside a watcher that reads a pipe which we hold open. However we end, even
 * killed, the kernel closes the pipe, and the watcher kills the group. The shell outlives a TERM so that it can wait for the
 * command: who waits for a process is who removes it from the process table.
 */
const SCRIPT = [
  'exec 3<&0',
  '(read -r _ <&3; kill -KILL 0) &',
  'trap : TERM',
  '"$@" </dev/null 3<&-',
  'code=$?',
  'kill "$!"',
  'wait "$!" 2>/dev/null',
  'exit "$code"',
].join('\n');

const STOP_MILLISECONDS_MAX = 10_000;

/** Starts a command that cannot outlive us. Nothing that it starts in its group outlives the command. */
export function startTethered(command: Command): Tethered {
  const output = command.onOutput ? 'pipe' : 'inherit';
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'tethered', command.program, ...command.parameters], {
    detached: true,
    stdio: ['pipe', output, output],
    env: { ...(command.environment ?? process.env) },
    ...(command.folder === undefined ? {} : { cwd: command.folder }),
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => command.onOutput?.(text));
  }
  child.stdin?.on('error', () => undefined);
  child.once('exit', () => signalGroup(child.pid, 'SIGKILL'));
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    signalGroup(child.pid, 'SIGTERM');
    const hard = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), STOP_MILLISECONDS_MAX);
    await ended;
    clearTimeout(hard);
  };
  return { ended, stop };
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone, which is what was wanted.
  }
}
