import { modulesWith } from '#modules/index.ts';
import { declaredEvents } from '#platform/core/declared-events.ts';
import { startInstallation as start, type Installation as Running, type InstallationSettings } from '#platform/installation.ts';
import { SERVICES } from '#platform/kernel/services.ts';
import { clientOf, setUp, signIn, type Client } from './client.ts';
import { dropDatabases, freshPrefix } from './databases.ts';
import { freePort } from './ports.ts';
import { copyPrepared, preparedInstallation, type Prepared } from './prepared.ts';
import { needed, testDatabaseUrl } from './services.ts';

/** All modules, and nobody of the world outside: a test that needs somebody there starts its own. */
export const modules = modulesWith({
  viesUrl: 'http://127.0.0.1:9',
  publicUrl: 'http://127.0.0.1:9',
  eventsOf: declaredEvents,
  keyFor: () => new Uint8Array(32),
});

/** A Tessera of its own in this process, on fresh databases, set up. */
export type Installation = {
  readonly url: string;
  readonly databasePrefix: string;
  /** The first administrator. */
  readonly admin: Client;
  readonly running: Running;
  /** Stops it and drops its databases. */
  readonly stop: () => Promise<void>;
};

/** A Tessera that nobody has set up yet. */
export type Bare = {
  readonly url: string;
  readonly databasePrefix: string;
  readonly setupLink: string;
  readonly running: Running;
  /** Stops it and drops its databases. */
  readonly stop: () => Promise<void>;
};

/** Starts all services in this process on fresh databases, or on those that `settings` name. */
export async function startBare(settings: Partial<InstallationSettings> = {}): Promise<Bare> {
  const adminUrl = needed(testDatabaseUrl());
  const databasePrefix = settings.databasePrefix ?? freshPrefix();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const running = await start({
    services: SERVICES.map(({ name }) => name),
    host: '127.0.0.1',
    port,
    adminUrl,
    databasePrefix,
    busPrefix: databasePrefix,
    secret: 'a secret of tests, long enough to be one',
    publicUrl: url,
    logLevel: process.env['LOG_LEVEL'] ?? 'error',
    urlOf: () => url,
    modules,
    ...settings,
  });
  const stop = async (): Promise<void> => {
    await running.stop();
    await dropDatabases(databasePrefix, adminUrl);
  };
  return { url, databasePrefix, setupLink: running.setupLink ?? '', running, stop };
}

/** What an installation of its own shares with no prepared one: which services it has, and what was there before or stays elsewhere. */
const OWN_BEGINNING = ['services', 'databasePrefix', 'secret', 'rabbitmqUrl'] as const;

/**
 * Starts all services in this process, set up:
 *
 *   const installation = await startInstallation();
 *   after(() => installation.stop());
 *
 * In a run of many test files from copies of the databases that the first start has led to; else from nothing, as `startBare` always does.
 */
export async function startInstallation(settings: Partial<InstallationSettings> = {}): Promise<Installation> {
  const prepared = OWN_BEGINNING.some((name) => settings[name] !== undefined) ? undefined : preparedInstallation();
  if (prepared) return startPrepared(prepared, settings);
  const bare = await startBare(settings);
  const entering = bare.setupLink === '' ? signIn(bare.url) : setUp(bare.url, bare.setupLink);
  const admin = await entering.catch(async (error: unknown) => {
    await bare.stop();
    throw error;
  });
  return { url: bare.url, databasePrefix: bare.databasePrefix, admin, running: bare.running, stop: bare.stop };
}

async function startPrepared(prepared: Prepared, settings: Partial<InstallationSettings>): Promise<Installation> {
  const databasePrefix = freshPrefix();
  await copyPrepared(prepared, databasePrefix, needed(testDatabaseUrl()));
  const { url, running, stop } = await startBare({ ...settings, databasePrefix });
  return { url, databasePrefix, admin: clientOf(url, prepared.token), running, stop };
}
