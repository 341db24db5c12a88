/**
 * `npm run bench [-- --rounds 5 --seconds 3 --only list|retype|import|ledger … --rows 100000 --writes 300 --lines 1000000]`: ours (all services in one process, permissions, validation, history and events on) beside a
 * hand-written Express + pg + ajv service on the same PostgreSQL and table, interleaved. Prints medians and ratios; absolute figures are noise.
 * Uses DATABASE_URL, else starts the embedded PostgreSQL.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '#platform/embedded/postgres.ts';
import { importCustomers } from './import.ts';
import { startInstallation, type Installation } from './installation.ts';
import { KINDS } from './kinds.ts';
import { ledger } from './ledger.ts';
import { fire, median, memoryOf, type Round } from './load.ts';
import { prepareTable, startHandwritten } from './prepare.ts';
import { retypeMillion } from './retype.ts';
import { fieldUsable, writeStall } from './stall.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    rows: { type: 'string', default: '100000' },
    writes: { type: 'string', default: '300' },
    lines: { type: 'string', default: '1000000' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-'));
const postgres = process.env['DATABASE_URL'] ? undefined : await startPostgres({ dataFolder: folder, log: () => undefined });
const adminUrl = process.env['DATABASE_URL'] ?? postgres?.url ?? '';
const prefix = `bench_${process.pid}_`;
const installation = await startInstallation({
  DATABASE_URL: adminUrl,
  DATABASE_PREFIX: prefix,
  PORT: String(await freePort()),
  TESSERA_DATA: join(folder, 'tessera'),
});
try {
  await measure(installation);
} finally {
  await installation.stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(ours: Installation): Promise<void> {
  const database = new URL(adminUrl);
  database.pathname = `/${prefix}offers`;
  if (values.only === 'retype') return retypeMillion(ours, database.href, Number(values.writes));
  if (values.only === 'import') return importCustomers(ours, database, Number(values.rows));
  const databaseOf = (service: string): string => Object.assign(new URL(adminUrl), { pathname: `/${prefix}${service}` }).href;
  if (values.only === 'ledger') return ledger(ours, databaseOf, Number(values.lines));
  const { table: described, ids } = await prepareTable(ours, database.href);
  const table = { ...described, port: await freePort() };
  const child = await startHandwritten(table);
  const theirs = { url: `http://127.0.0.1:${table.port}`, pid: child.pid ?? 0, headers: {} };
  const target = { url: ours.url, pid: ours.pid, headers: { authorization: `Bearer ${ours.token}` } };
  console.log(`${values.rounds} rounds of ${values.seconds} s, 32 connections, 18 fields, 100,000 rows\n`);
  for (const kind of KINDS.filter(({ name }) => name.startsWith(values.only))) {
    const rounds: { ours: Round; theirs: Round }[] = [];
    await fire(target, kind.ours(ids), 1);
    await fire(theirs, kind.theirs(ids), 1);
    for (let n = 0; n < Number(values.rounds); n += 1) {
      rounds.push({
        ours: await fire(target, kind.ours(ids), Number(values.seconds)),
        theirs: await fire(theirs, kind.theirs(ids), Number(values.seconds)),
      });
    }
    report(kind.name, rounds);
  }
  child.kill('SIGTERM');
  if (values.only !== '') return;
  console.log(`\nmemory of all services in one process: ${memoryOf(ours.pid).toFixed(0)} MB`);
  console.log(`field usable after POST: ${(await fieldUsable(ours, ids[0] ?? '')).toFixed(0)} ms`);
  const stall = await writeStall(ours, table, ids);
  console.log(
    `longest write while five fields are added under an open reader: ${stall.longest.toFixed(0)} ms (without: ${stall.quiet.toFixed(0)} ms), ${stall.failed} of ${stall.writes} failed`,
  );
  await retypeMillion(ours, database.href, Number(values.writes));
  await importCustomers(ours, database, Number(values.rows));
  await ledger(ours, databaseOf, Number(values.lines));
}

function report(name: string, rounds: readonly { ours: Round; theirs: Round }[]): void {
  const middle = (who: 'ours' | 'theirs', what: keyof Round): number => median(rounds.map((round) => round[who][what]));
  const ratio = median(rounds.map((round) => round.ours.perSecond / round.theirs.perSecond));
  const failed = rounds.reduce((sum, round) => sum + round.ours.failed + round.theirs.failed, 0);
  const line = (who: 'ours' | 'theirs'): string =>
    `${middle(who, 'perSecond').toFixed(0)}/s, p99 ${middle(who, 'p99').toFixed(0)} ms, ${middle(who, 'cpuMicroseconds').toFixed(0)} µs CPU`;
  console.log(
    `${name.padEnd(26)} × ${ratio.toFixed(2)}   ours ${line('ours')}   hand-written ${line('theirs')}${failed > 0 ? `   ${failed} FAILED` : ''}`,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address: AddressInfo | string | null = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
