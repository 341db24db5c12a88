import { createServer, type RequestListener, type Server } from 'node:http';

/** A port that cannot be listened on: the sentence for who started it. */
export class ListenError extends Error {}

/** Listens with the time-outs of the HTTP contract. Throws ListenError. */
export function listen(at: { host: string; port: number }, app: RequestListener): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 65_000, headersTimeout: 10_000, requestTimeout: 300_000 }, app);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ListenError(reasonOf(error, at))));
    server.listen(at.port, at.host, () => resolve(server));
  });
}

function reasonOf(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is taken. Stop what uses it, or start with another one: PORT=${port === 65_535 ? 3000 : port + 1} npm start`;
  if (error.code === 'EACCES') return `This user may not listen on port ${port}. Start with one above 1023: PORT=3000 npm start`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return `HOST is ${host}, which is no address of this machine. Correct it or leave it out.`;
  return `Cannot listen on port ${port}: ${error.message}`;
}
