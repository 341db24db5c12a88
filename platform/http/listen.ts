import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { endStreams } from './streams.ts';

/** Connections that have not brought a request yet: browsers open some in advance, and the server does not count them as idle. */
const unusedOf = new WeakMap<Server, ReadonlySet<Socket>>();

/** A port that cannot be listened on: the sentence for who started it. */
export class ListenError extends Error {}

/** Listens with the time-outs of the HTTP contract. Throws ListenError. */
export function listen(at: { host: string; port: number }, app: RequestListener): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 65_000, headersTimeout: 10_000, requestTimeout: 300_000 }, app);
  const unused = new Set<Socket>();
  unusedOf.set(server, unused);
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', (request) => unused.delete(request.socket));
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ListenError(reasonOf(error, at))));
    server.listen(at.port, at.host, () => resolve(server));
  });
}

/** How long a stop waits for requests under way. */
const DRAIN_MILLISECONDS = 10_000;
const LOOK_MILLISECONDS = 20;

/** Takes no more requests and resolves when those under way are answered; streams end at once, and what takes longer than 10 s is cut. */
export async function drain(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  endStreams();
  for (const socket of unusedOf.get(server) ?? []) socket.destroy();
  // A connection that is kept alive takes its next request elsewhere.
  server.prependListener('request', (_request, response) => void response.setHeader('Connection', 'close'));
  const idle = setInterval(() => server.closeIdleConnections(), LOOK_MILLISECONDS);
  const hard = setTimeout(() => server.closeAllConnections(), DRAIN_MILLISECONDS);
  await closed;
  clearInterval(idle);
  clearTimeout(hard);
}

function reasonOf(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is taken. Stop what uses it, or start with another one: PORT=${port === 65_535 ? 3000 : port + 1} npm start`;
  if (error.code === 'EACCES') return `This user may not listen on port ${port}. Start with one above 1023: PORT=3000 npm start`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return `HOST is ${host}, which is no address of this machine. Correct it or leave it out.`;
  return `Cannot listen on port ${port}: ${error.message}`;
}
