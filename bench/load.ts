import { readFileSync, writeFileSync } from 'node:fs';
import autocannon from 'autocannon';

/** One request of a load, made anew for every call. */
export type Shot = { readonly method: 'GET' | 'POST' | 'PATCH'; readonly path: string; readonly body?: string };

/** What a round of load showed. `cpuMicroseconds` is the server process's own, per request. */
export type Round = {
  readonly perSecond: number;
  readonly p99: number;
  readonly cpuMicroseconds: number;
  readonly failed: number;
};

/** Requests made beforehand for one round. */
const SHOTS = 400;

/** Fires shots over 32 connections for some seconds at one server process. */
export async function fire(
  target: { url: string; pid: number; headers: Record<string, string> },
  shot: () => Shot,
  seconds: number,
): Promise<Round> {
  const before = cpuOf(target.pid);
  const result = await autocannon({
    url: target.url,
    connections: 32,
    duration: seconds,
    // Made beforehand, so that the load costs the machine as little as it can.
    requests: Array.from({ length: SHOTS }, () => ({ ...shot(), headers: { ...target.headers, 'content-type': 'application/json' } })),
  });
  const answered = result['2xx'];
  return {
    perSecond: answered / result.duration,
    p99: result.latency.p99,
    cpuMicroseconds: ((cpuOf(target.pid) - before) * 1e6) / Math.max(1, answered),
    failed: result.non2xx + result.errors + result.timeouts,
  };
}

const TICKS_PER_SECOND = 100;

/**
 * User and system seconds a process has used so far (proc(5), fields 14 and 15; 16 and 17 are those of its children that have ended).
 * Zero where /proc is missing.
 */
export function cpuOf(pid: number, { ended } = { ended: false }): number {
  const fields = statusText(`/proc/${pid}/stat`)
    .replace(/^.*\) /, '')
    .split(' ');
  const ticks = fields.slice(11, ended ? 15 : 13).reduce((sum, field) => sum + Number(field), 0);
  return ticks / TICKS_PER_SECOND;
}

/** Resident memory of a process in megabytes (proc(5), VmRSS). */
export function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(statusText(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
}

/** Forgets the most memory that a process had (proc(5), clear_refs). */
export function startPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // Where this cannot be, the peak is that of its whole life.
  }
}

/** The most resident memory of a process since `startPeak`, in megabytes (proc(5), VmHWM). */
export function peakMemoryOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(statusText(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
}

function statusText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
