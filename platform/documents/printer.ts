import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isRecord } from '#platform/kernel/is-record.ts';
import { trusted } from '#platform/kernel/seam.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import { PRINT_LIMITS, PrintError, type PrintAnswer, type Printed, type PrintJob, type PrintLimits } from './print-job.ts';

/** Prints one document after the other, in a process of its own that is there while there is something to print. */
export type Printer = {
  /** Throws PrintError for a template that cannot be printed or takes too much. */
  readonly print: (job: PrintJob) => Promise<Printed>;
  readonly stop: () => void;
};

/** `issuing` prints what is issued, `trying` drafts and what administrators try out, `reports` long tables: none of them keeps anybody from issuing. */
export type Printers = { readonly issuing: Printer; readonly trying: Printer; readonly reports: Printer; readonly stop: () => void };

/** A report of thousands of rows, by a template that is ours. */
const REPORT_LIMITS: PrintLimits = { milliseconds: 20_000, megabytes: 900 };

/** The printers that all services of a process share. */
export function openPrinters(): Printers {
  const issuing = openPrinter();
  const trying = openPrinter();
  const reports = openPrinter(REPORT_LIMITS);
  const stop = (): void => {
    issuing.stop();
    trying.stop();
    reports.stop();
  };
  return Object.freeze({ issuing, trying, reports, stop });
}

const PROCESS = fileURLToPath(new URL('./print-process.ts', import.meta.url));
/** How much longer than its limit an answer may take, for a process that starts on a busy machine; it is ended then. */
const GRACE_MILLISECONDS = 20_000;
const IDLE_MILLISECONDS = 60_000;

/** A printer; its process begins with the first job. */
export function openPrinter(limits: PrintLimits = PRINT_LIMITS): Printer {
  let child: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const end = (): void => {
    child?.kill('SIGKILL');
    child = null;
  };
  const run = async (job: PrintJob): Promise<Printed> => {
    clearTimeout(idle);
    child ??= begin();
    const { answer, isWorn } = await ask(child, { job, limits });
    if (isWorn) end();
    idle = setTimeout(end, IDLE_MILLISECONDS).unref();
    if ('problem' in answer) throw new PrintError(answer.problem);
    return { ...answer, bytes: Buffer.from(answer.bytes) };
  };
  return Object.freeze({
    print: (job: PrintJob) => {
      const printed = last.then(() => run(job));
      last = printed.catch(() => undefined);
      return printed;
    },
    stop: () => {
      clearTimeout(idle);
      end();
    },
  });
}

/** It inherits nothing: no secrets, no folders with packages, and no way out to fetch one. */
function begin(): ChildProcess {
  const nowhere = fileURLToPath(new URL('./sheet', import.meta.url));
  const dead = 'http://127.0.0.1:9';
  const child = fork(PROCESS, {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      HOME: nowhere,
      XDG_CACHE_HOME: nowhere,
      XDG_DATA_HOME: nowhere,
      TYPST_PACKAGE_PATH: nowhere,
      TYPST_PACKAGE_CACHE_PATH: nowhere,
      ALL_PROXY: dead,
      HTTPS_PROXY: dead,
      HTTP_PROXY: dead,
    },
  });
  child.on('error', () => undefined);
  child.unref();
  child.channel?.unref();
  return child;
}

type Asked = { readonly job: PrintJob; readonly limits: PrintLimits };

/** Waits for the answer, at most as long as the process may take to give one; while it waits, our process stays. */
function ask(child: ChildProcess, asked: Asked): Promise<{ answer: PrintAnswer; isWorn: boolean }> {
  return new Promise((resolve) => {
    const late = setTimeout(() => settle(failed(TOO_LATE)), asked.limits.milliseconds + GRACE_MILLISECONDS);
    const settle = (answered: { answer: PrintAnswer; isWorn: boolean }): void => {
      clearTimeout(late);
      child.off('message', heard).off('exit', gone);
      child.channel?.unref();
      resolve(answered);
    };
    const heard = (message: unknown): void => settle(isRecord(message) ? trusted(message) : failed(BROKEN));
    const gone = (): void => settle(failed(BROKEN));
    child.on('message', heard).on('exit', gone);
    child.channel?.ref();
    if (child.exitCode !== null || child.signalCode !== null || !child.connected) return gone();
    child.send(asked, (error) => (error ? gone() : undefined));
  });
}

const TOO_LATE: Sentence = { en: 'It could not be printed in time.', de: 'Sie ließ sich nicht rechtzeitig drucken.' };
const BROKEN: Sentence = { en: 'It brought the printing process to its end.', de: 'Sie hat den Druckvorgang zum Absturz gebracht.' };

function failed(said: Sentence): { answer: PrintAnswer; isWorn: boolean } {
  return { answer: { problem: { said, line: null } }, isWorn: true };
}
