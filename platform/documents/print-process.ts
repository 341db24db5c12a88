import { Worker } from 'node:worker_threads';
import type { Sentence } from '#platform/kernel/sentence.ts';
import { PRINT_LIMITS, type PrintAnswer, type PrintJob, type PrintLimits } from './print-job.ts';

/**
 * The process in which templates are printed: a template may be anybody's program, and what runs in native code can be ended with its process only.
 * The worker typesets; this thread watches its time and the memory, says what was too much, and ends everything.
 */
const WATCH_MILLISECONDS = 20;
/** A process that has grown so much is ended after its job, and another one is begun. */
const WORN_MEGABYTES = 300;

const worker = new Worker(new URL('./print-worker.ts', import.meta.url));
let watch: NodeJS.Timeout | undefined;

process.on('message', ({ job, limits = PRINT_LIMITS }: { job: PrintJob; limits?: PrintLimits }) => {
  const started = process.cpuUsage();
  watch = setInterval(() => {
    const { user, system } = process.cpuUsage(started);
    if (user + system > limits.milliseconds * 1000) end(tooSlow(limits));
    else if (megabytes() > limits.megabytes) end(tooLarge(limits));
  }, WATCH_MILLISECONDS);
  worker.postMessage(job, []);
});
worker.on('message', (answer: PrintAnswer) => {
  clearInterval(watch);
  process.send?.({ answer, isWorn: megabytes() > WORN_MEGABYTES });
});
worker.on('error', () => kill());
process.on('disconnect', () => kill());

function megabytes(): number {
  return process.memoryUsage.rss() / 1024 / 1024;
}

function tooSlow({ milliseconds }: PrintLimits): Sentence {
  return {
    en: `It takes longer than ${milliseconds / 1000} s. Look for a loop that does not end.`,
    de: `Sie braucht länger als ${milliseconds / 1000} s. Suchen Sie nach einer Schleife ohne Ende.`,
  };
}

function tooLarge({ megabytes: most }: PrintLimits): Sentence {
  return {
    en: `It takes more than ${most} MB of memory. Look for a loop that does not end.`,
    de: `Sie braucht mehr als ${most} MB Speicher. Suchen Sie nach einer Schleife ohne Ende.`,
  };
}

function end(said: Sentence): void {
  clearInterval(watch);
  process.send?.({ answer: { problem: { said, line: null } }, isWorn: true }, () => kill());
}

/** The worker may be in native code, which nothing else interrupts. */
function kill(): void {
  process.kill(process.pid, 'SIGKILL');
}
