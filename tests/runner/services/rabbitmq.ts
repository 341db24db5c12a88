import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import type { Cleanup } from '../cleanup.ts';
import { startTethered } from '../tethered.ts';
import { findProgram, freePort, missing, retry, type Found, type Provider } from './found.ts';

const USUAL = 'amqp://guest:guest@127.0.0.1:5672';
/** Packages of distributions lower themselves to a service account in a wrapper; the script itself runs as anybody. */
const SCRIPTS = '/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server';
const START_MILLISECONDS_MAX = 60_000;

/** RABBITMQ_URL, else the one that answers guest on this machine, else a node of our own in a temporary folder. */
export const provideRabbitmq: Provider = async (environment, cleanup) => {
  const given = environment['RABBITMQ_URL'];
  if (given) return { value: given, how: 'RABBITMQ_URL' };
  if (await answers(USUAL)) return { value: USUAL, how: 'found on 127.0.0.1:5672' };
  const program = globSync(SCRIPTS).toSorted().at(-1) ?? findProgram(['rabbitmq-server'], environment);
  const epmd = findProgram(['epmd'], environment);
  if (!program || !epmd) return missing('RABBITMQ_URL is not set and no rabbitmq-server is installed');
  return startNode({ program, epmd }, environment, cleanup);
};

type Programs = { readonly program: string; readonly epmd: string };

/** Starts Erlang's name server, which would else stay behind as a daemon, and the node. */
async function startNode(programs: Programs, environment: NodeJS.ProcessEnv, cleanup: Cleanup): Promise<Found> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-rabbitmq-'));
  cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
  const [port, distributionPort, namePort] = [await freePort(), await freePort(), await freePort()];
  const names = startTethered({
    program: programs.epmd,
    parameters: ['-port', String(namePort), '-address', '127.0.0.1'],
    onOutput: () => undefined,
  });
  cleanup.add(names.stop);
  let said = '';
  const node = startTethered({
    program: programs.program,
    parameters: [],
    environment: { ...environment, ...nodeEnvironment(folder, { port, distributionPort, namePort }) },
    folder,
    onOutput: (text) => void (said = `${said}${text}`.slice(-4_000)),
  });
  cleanup.add(node.stop);
  let hasEnded = false;
  void node.ended.then(() => (hasEnded = true));
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  try {
    await retry(
      () => open(url),
      START_MILLISECONDS_MAX,
      () => hasEnded,
    );
  } catch {
    return missing(`rabbitmq-server did not start: ${said.trim().slice(-300)}`);
  }
  return { value: url, how: `started, port ${port}` };
}

type Ports = { readonly port: number; readonly distributionPort: number; readonly namePort: number };

function nodeEnvironment(folder: string, ports: Ports): Readonly<Record<string, string>> {
  for (const name of ['data', 'log']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'enabled_plugins'), '[].\n');
  writeFileSync(join(folder, 'rabbitmq.conf'), 'disk_free_limit.absolute = 50MB\n');
  return {
    HOME: folder,
    RABBITMQ_CONF_ENV_FILE: join(folder, 'none'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_NODENAME: `tessera${ports.port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(ports.port),
    RABBITMQ_DIST_PORT: String(ports.distributionPort),
    ERL_EPMD_PORT: String(ports.namePort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    await open(url);
    return true;
  } catch {
    return false;
  }
}

async function open(url: string): Promise<void> {
  const connection = await connect(url, { timeout: 3_000 });
  connection.on('error', () => undefined);
  await connection.close();
}
