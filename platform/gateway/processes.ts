import { fork, type ChildProcess } from 'node:child_process';
import type { ServiceName } from '#platform/kernel/services.ts';

/** What each service is started with. `environment` is that of one service. */
export type ProcessOptions = {
  readonly main: string;
  readonly services: readonly ServiceName[];
  readonly environment: (service: ServiceName) => NodeJS.ProcessEnv;
  readonly say: (sentence: string) => void;
};

/** The services, each in a process of its own. */
export type Processes = {
  /** Resolves when every service has answered that it is ready. */
  readonly ready: Promise<void>;
  readonly stop: () => Promise<void>;
};

/** What a child sends over its channel once it serves. */
export const READY = 'ready';

const PAUSE_FIRST = 500;
const PAUSE_MOST = 10_000;
const STOP_MILLISECONDS = 30_000;

type Child = { process: ChildProcess | null; timer: NodeJS.Timeout | null };

/**
 * Starts every service in a process of its own and starts again what ends by itself. The channel to a child is its life line: when it
 * closes, because we stop or because we were killed, the child ends in order. Ctrl-C of the terminal reaches us alone.
 */
export function startProcesses(options: ProcessOptions): Processes {
  const children = new Map<ServiceName, Child>(options.services.map((name) => [name, { process: null, timer: null }]));
  let isStopping = false;
  const start = (name: ServiceName, child: Child, whenReady: () => void): void => {
    let pause = PAUSE_FIRST;
    const launch = (): void => {
      const process = fork(options.main, ['--service', name], { env: options.environment(name), detached: true });
      child.process = process;
      process.on('message', (message) => {
        if (message !== READY) return;
        pause = PAUSE_FIRST;
        whenReady();
      });
      process.once('exit', (code, signal) => {
        child.process = null;
        if (isStopping) return;
        options.say(`The service ${name} has ended (${signal ?? code}) and is started again.`);
        child.timer = setTimeout(launch, pause);
        pause = Math.min(pause * 2, PAUSE_MOST);
      });
    };
    launch();
  };
  const ready = Promise.all([...children].map(([name, child]) => new Promise<void>((resolve) => start(name, child, resolve))));
  const stop = async (): Promise<void> => {
    isStopping = true;
    await Promise.all([...children.values()].map(end));
  };
  return { ready: ready.then(() => undefined), stop };
}

async function end({ process, timer }: Child): Promise<void> {
  clearTimeout(timer ?? undefined);
  if (!process || process.exitCode !== null || process.signalCode !== null) return;
  const ended = new Promise((resolve) => process.once('exit', resolve));
  if (process.connected) process.disconnect();
  const hard = setTimeout(() => process.kill('SIGKILL'), STOP_MILLISECONDS);
  await ended;
  clearTimeout(hard);
}
