/** The composition root: reads the configuration, starts what it names, and stops it. `npm start` is this file. */
import { modules } from '#modules/index.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { DatabaseError } from './data/prepare/prepare-database.ts';
import { remembered } from './embedded/data-folder.ts';
import { startPostgres } from './embedded/postgres.ts';
import { StartError } from './embedded/start-error.ts';
import { ListenError, startInstallation } from './installation.ts';
import { setFaults } from './kernel/fault-point.ts';

type Running = { readonly stop: () => Promise<void> };

try {
  const config = readConfig(process.env, process.argv.slice(2));
  setFaults(config.faults);
  stopOnSignals(await start(config));
} catch (error) {
  const isExpected =
    error instanceof ConfigError || error instanceof DatabaseError || error instanceof StartError || error instanceof ListenError;
  process.stderr.write(
    `${isExpected ? error.message : `Tessera could not start. ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`}\n`,
  );
  process.exit(1);
}

/** The embedded PostgreSQL where no other is named, then the services. */
async function start(config: Config): Promise<Running> {
  const started = performance.now();
  const postgres = config.databaseUrl === undefined ? await startPostgres({ dataFolder: config.dataFolder, log: say }) : null;
  try {
    const secret = config.secret ?? secretOf(config);
    const installation = await startInstallation({
      ...config,
      modules,
      secret,
      adminUrl: config.databaseUrl ?? postgres?.url ?? '',
    });
    say(`Tessera is ready after ${((performance.now() - started) / 1000).toFixed(1)} s: ${installation.setupLink ?? config.publicUrl}`);
    const stop = async (): Promise<void> => {
      await installation.stop();
      await postgres?.stop();
    };
    return { stop };
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

function secretOf(config: Config): string {
  if (config.shape !== 'embedded')
    throw new ConfigError(
      'TESSERA_SECRET is missing: services in processes of their own must share it. Make one with: openssl rand -base64 32',
    );
  return remembered(`${config.dataFolder}/secret`);
}

/** Ctrl-C and SIGTERM stop everything in order; a second one stops at once. */
function stopOnSignals(running: Running): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    void running.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}
