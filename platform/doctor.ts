/**
 * `npm run doctor`: says of each service which version of the metadata it has applied, in what its tables and indexes differ from it,
 * and which jobs and dead letters wait there. Looks and changes nothing; ends with 1 when something is wrong. Works while Tessera runs.
 */
import { existsSync } from 'node:fs';
import { ConfigError, readConfig, type Config } from './config.ts';
import { diagnose, newestVersions, type Diagnosis } from './data/diagnosis.ts';
import { DatabaseError } from './data/prepare/connect.ts';
import { startPostgres } from './embedded/postgres.ts';
import { runningPostgres } from './embedded/running.ts';
import { StartError } from './embedded/start-error.ts';
import { SERVICES, type ServiceName } from './kernel/services.ts';

const EXPECTED = [ConfigError, DatabaseError, StartError];

// Whoever reads may have read enough, as in a pipe to `head`.
process.stdout.on('error', () => undefined);
try {
  const config = readConfig(process.env, process.argv.slice(2));
  process.exitCode = (await examine(config)) ? 0 : 1;
} catch (error) {
  const isExpected = EXPECTED.some((known) => error instanceof known);
  say(error instanceof Error ? (isExpected ? error.message : `The doctor could not look. ${error.stack ?? error.message}`) : String(error));
  process.exitCode = 1;
}

/** Whether all is well. The embedded PostgreSQL is started for the look when nobody else runs it. */
async function examine(config: Config): Promise<boolean> {
  if (config.databaseUrl === undefined && !existsSync(config.dataFolder)) {
    say(`There is nothing to look at: ${config.dataFolder} is made by the first npm start.`);
    return true;
  }
  const there = config.databaseUrl ?? runningPostgres(config.dataFolder);
  const postgres = there === undefined ? await startPostgres({ dataFolder: config.dataFolder, log: say }) : null;
  try {
    const urlOf = (service: ServiceName): string => databaseUrl(config, there ?? postgres?.url ?? '', service);
    const newest = await newestVersions(urlOf('platform'));
    const findings: boolean[] = [];
    for (const name of config.services) findings.push(tell(name, await diagnose(urlOf(name)), newest.get(name) ?? 0));
    return findings.every(Boolean);
  } finally {
    await postgres?.stop();
  }
}

function databaseUrl({ databasePrefix }: Config, server: string, service: ServiceName): string {
  const database = SERVICES.find(({ name }) => name === service)?.database ?? service;
  return Object.assign(new URL(server), { pathname: `/${databasePrefix}${database}` }).href;
}

/** Prints what was found of a service; whether it is well. */
function tell(name: ServiceName, found: Diagnosis | null, newest: number): boolean {
  if (!found) {
    say(`${name}: has no database yet. It is made when the service starts.`);
    return true;
  }
  const problems = [
    ...(found.version < newest ? [`version ${newest} of the metadata is not applied yet; it is while the service runs`] : []),
    ...found.differences.map((statement) => `the tables are not as the metadata want them; they would need: ${statement}`),
    ...(found.deadLetters > 0 ? [`${found.deadLetters} events that could not be handled; see GET /api/${name}/dead-letters`] : []),
  ];
  say(`${name}: ${problems.length === 0 ? 'well' : 'NOT WELL'}, version ${found.version} applied, ${found.jobsPending} jobs pending`);
  for (const problem of problems) say(`  - ${problem}`);
  return problems.length === 0;
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}
