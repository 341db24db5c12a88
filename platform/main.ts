/** The composition root: reads the configuration, starts what it names, and stops it. `npm start` is this file. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { modulesWith } from '#modules/index.ts';
import { purposeKey } from './access/purpose-key.ts';
import { declaredEvents } from './core/declared-events.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { DatabaseError } from './data/prepare/connect.ts';
import { remembered } from './embedded/data-folder.ts';
import { startPostgres } from './embedded/postgres.ts';
import { StartError } from './embedded/start-error.ts';
import { ChildError, startProcesses, type ChildReport, type Processes } from './gateway/processes.ts';
import { startGateway } from './gateway/proxy.ts';
import { ListenError } from './http/listen.ts';
import { startInstallation } from './installation.ts';
import { setFaults } from './kernel/fault-point.ts';

/** What was started. `setupLink` is there while nobody can sign in. */
type Running = { readonly setupLink: string | null; readonly stop: () => Promise<void> };
type Needs = { readonly adminUrl: string; readonly secret: string };

const LEAVE_MILLISECONDS = 100;
/** A gateway that is busy says so late; one that is gone never does. */
const NOTED_MILLISECONDS = 5_000;

/** What a person can put right: told in one sentence. Everything else comes with its stack. */
const EXPECTED = [ConfigError, DatabaseError, StartError, ListenError, ChildError];

process.on('disconnect', endAtOnce);
try {
  const config = readConfig(process.env, process.argv.slice(2));
  setFaults(config.faults);
  await start(config);
} catch (error) {
  const sentence = sentenceOf(error);
  if (!(await report({ failed: sentence }))) process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** The embedded PostgreSQL where no other is named, then the services. */
async function start(config: Config): Promise<void> {
  const started = performance.now();
  const postgres = config.databaseUrl === undefined ? await startPostgres({ dataFolder: config.dataFolder, log: say }) : null;
  try {
    const needs = { adminUrl: config.databaseUrl ?? postgres?.url ?? '', secret: config.secret ?? secretOf(config) };
    const running = await (config.shape === 'gateway'
      ? startServices(config, needs)
      : startInstallation({
          ...config,
          ...needs,
          modules: modulesWith({ ...config, eventsOf: declaredEvents, keyFor: (purpose) => purposeKey(needs.secret, purpose) }),
        }));
    stopOnSignals(async () => {
      await running.stop();
      await postgres?.stop();
    });
    const { setupLink } = running;
    const what = config.shape === 'service' ? `The service ${config.services.join()}` : 'Tessera';
    const where = config.shape === 'service' ? `port ${config.port}` : config.publicUrl;
    if (!(await report({ setupLink })))
      say(`${what} is ready after ${((performance.now() - started) / 1000).toFixed(1)} s: ${setupLink ?? where}`);
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

/** All services as processes of their own behind the gateway; each listens at the port of its address. */
async function startServices(config: Config, needs: Needs): Promise<Running> {
  let isReady = false;
  let processes: Processes | null = null;
  const gateway = await startGateway({
    ...config,
    isReady: async () => isReady,
    untilServing: (service) => processes?.untilServing(service),
  });
  const children = startProcesses({
    main: fileURLToPath(import.meta.url),
    services: config.services,
    environment: (name) => ({
      ...process.env,
      DATABASE_URL: needs.adminUrl,
      TESSERA_SECRET: needs.secret,
      PUBLIC_URL: config.publicUrl,
      HOST: '127.0.0.1',
      PORT: new URL(config.urlOf(name)).port,
    }),
    say,
  });
  processes = children;
  const stop = async (): Promise<void> => {
    await gateway.stop();
    await children.stop();
  };
  try {
    const setupLink = await children.ready;
    isReady = true;
    return { setupLink, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The gateway holds further requests back, and says so, before the port closes; those on their way arrive meanwhile. */
async function leave(): Promise<void> {
  if (!process.connected) return;
  const signal = AbortSignal.timeout(NOTED_MILLISECONDS);
  const noted = Promise.race([once(process, 'message', { signal }), once(process, 'disconnect', { signal })]).catch(() => undefined);
  if (!(await report({ leaving: true }))) return;
  await noted;
  await new Promise((resolve) => setTimeout(resolve, LEAVE_MILLISECONDS));
}

/** Tells the gateway that started this process, instead of the terminal. False when there is none. */
async function report(what: ChildReport): Promise<boolean> {
  if (!process.send || !process.connected) return process.send !== undefined;
  await new Promise((resolve) => process.send?.(what, undefined, undefined, resolve));
  return true;
}

function sentenceOf(error: unknown): string {
  const isExpected = EXPECTED.some((known) => error instanceof known);
  if (error instanceof Error) return isExpected ? error.message : `Tessera could not start. ${error.stack ?? error.message}`;
  return `Tessera could not start. ${String(error)}`;
}

function secretOf(config: Config): string {
  if (config.shape === 'service')
    throw new ConfigError(
      'TESSERA_SECRET is missing: services in processes of their own must share it. Make one with: openssl rand -base64 32',
    );
  return remembered(`${config.dataFolder}/secret`);
}

/** Ctrl-C and SIGTERM stop everything in order, and so does the end of the gateway that started us; a second signal stops at once. */
function stopOnSignals(stopAll: () => Promise<void>): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    leave()
      .then(stopAll)
      .then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${sentenceOf(error)}\n`);
          process.exit(1);
        },
      );
  };
  process.off('disconnect', endAtOnce);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
  if (process.send && !process.connected) stop();
}

/** The gateway has gone while we were starting: nothing is under way yet. */
function endAtOnce(): never {
  process.exit(1);
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}
