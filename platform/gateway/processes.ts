import { fork, type ChildProcess } from 'node:child_process';
import { isRecord } from '#platform/kernel/is-record.ts';
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
  /** Resolves when every service serves, with the set-up link if one of them has it. Rejects with a ChildError when one cannot start. */
  readonly ready: Promise<string | null>;
  /** Resolves when a service serves, at the latest after WAIT_MILLISECONDS: a restart is a pause for its callers, not an error. */
  readonly untilServing: (service: ServiceName) => Promise<void> | undefined;
  readonly stop: () => Promise<void>;
};

/** Why a service cannot start, in the words that it would have said to the person who started it. */
export class ChildError extends Error {}

/** What a child tells the process that started it: that it serves, why it cannot, that it is about to end. */
export type ChildReport = { readonly setupLink: string | null } | { readonly failed: string } | { readonly leaving: true };

const PAUSE_FIRST = 500;
const PAUSE_MOST = 10_000;
const STOP_MILLISECONDS = 30_000;
const WAIT_MILLISECONDS = 20_000;

/** So many callers may wait for one service; further ones are told that it is away. */
const WAITING_MOST = 1_000;

type Child = {
  readonly name: ServiceName;
  /** Callers that wait for it. */
  readonly waiting: Set<() => void>;
  process: ChildProcess | null;
  isServing: boolean;
  timer: NodeJS.Timeout | null;
  pause: number;
  reason: string;
};
type Supervision = ProcessOptions & { isStopping: boolean };

/**
 * Starts every service in a process of its own and starts again what ends by itself. The channel to a child is its life line: when it
 * closes, because we stop or because we were killed, the child ends in order. Ctrl-C of the terminal reaches us alone.
 */
export function startProcesses(options: ProcessOptions): Processes {
  const supervision: Supervision = { ...options, isStopping: false };
  const children = options.services.map(childOf);
  const ready = launchAll(supervision, children);
  const stop = async (): Promise<void> => {
    supervision.isStopping = true;
    await Promise.all(children.map(end));
  };
  const untilServing = (service: ServiceName): Promise<void> | undefined => {
    const child = children.find(({ name }) => name === service);
    return child && !child.isServing && child.waiting.size < WAITING_MOST ? waitFor(child) : undefined;
  };
  return { ready, untilServing, stop };
}

function childOf(name: ServiceName): Child {
  return { name, waiting: new Set(), process: null, isServing: false, timer: null, pause: PAUSE_FIRST, reason: '' };
}

function waitFor({ waiting }: Child): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      clearTimeout(timer);
      waiting.delete(go);
      resolve();
    };
    const timer = setTimeout(go, WAIT_MILLISECONDS);
    waiting.add(go);
  });
}

/** The first one goes ahead: what it lacks, all would lack. */
async function launchAll(supervision: Supervision, children: readonly Child[]): Promise<string | null> {
  const launched = (child: Child) => new Promise<string | null>((...first) => launch(supervision, child, first));
  const [ahead, ...others] = children;
  const links = [ahead ? await launched(ahead) : null, ...(supervision.isStopping ? [] : await Promise.all(others.map(launched)))];
  return links.find((link) => link !== null) ?? null;
}

type First = [resolve: (setupLink: string | null) => void, reject: (error: ChildError) => void];

/** Launches a child. Only its first start can fail for good: later, what it needs may be away for a while. */
function launch(supervision: Supervision, child: Child, first: First): void {
  const process = fork(supervision.main, ['--service', child.name], { env: supervision.environment(child.name), detached: true });
  child.process = process;
  process.on('message', (report) => {
    if (!isRecord(report)) return;
    child.reason = typeof report['failed'] === 'string' ? report['failed'] : '';
    if (child.reason !== '') return first[1](new ChildError(child.reason));
    child.isServing = report['leaving'] !== true;
    // It closes its port when it knows that nobody is sent there any more.
    if (!child.isServing) return void process.send({ noted: true }, () => undefined);
    for (const go of child.waiting) go();
    child.pause = PAUSE_FIRST;
    first[0](typeof report['setupLink'] === 'string' ? report['setupLink'] : null);
  });
  process.once('exit', (code, signal) => {
    child.process = null;
    child.isServing = false;
    if (supervision.isStopping) return;
    supervision.say(`The service ${child.name} has ended (${signal ?? code}) and is started again. ${child.reason}`.trimEnd());
    child.timer = setTimeout(() => launch(supervision, child, first), child.pause);
    child.pause = Math.min(child.pause * 2, PAUSE_MOST);
  });
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
