import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTethered } from '../tethered.ts';
import { findProgram, freePort, missing, retry, type Provider } from './found.ts';

const START_MILLISECONDS_MAX = 10_000;

/** REDIS_URL, else a Redis of our own that keeps nothing. */
export const provideRedis: Provider = async (environment, cleanup) => {
  const given = environment['REDIS_URL'];
  if (given) return { value: given, how: 'REDIS_URL' };
  const program = findProgram(['redis-server', 'valkey-server'], environment);
  if (!program) return missing('REDIS_URL is not set and no redis-server is installed');
  const folder = mkdtempSync(join(tmpdir(), 'tessera-redis-'));
  cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  let said = '';
  const running = startTethered({
    program,
    parameters: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    onOutput: (text) => void (said += text),
  });
  cleanup.add(running.stop);
  let hasEnded = false;
  void running.ended.then(() => (hasEnded = true));
  try {
    await retry(
      () => answersPing(port),
      START_MILLISECONDS_MAX,
      () => hasEnded,
    );
  } catch {
    return missing(`redis-server did not start: ${said.trim().split('\n').at(-1) ?? ''}`);
  }
  return { value: `redis://127.0.0.1:${port}`, how: `started, port ${port}` };
};

function answersPing(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const end = (error?: Error): void => {
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    socket.setTimeout(1_000, () => end(new Error('no answer')));
    socket.once('error', end);
    socket.once('data', (data) => end(data.toString().startsWith('+PONG') ? undefined : new Error('no Redis')));
  });
}
