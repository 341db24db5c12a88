import { SMTPServer } from 'smtp-server';
import { freePort } from './ports.ts';

/** A letter as it arrived: whole, in the lines of RFC 5322. */
export type Arrived = { readonly to: string; readonly source: string };

/**
 * A mail server of its own, which takes letters for `ok…@` and behaves otherwise as the address says: `later@` is told to come again, `nobody@` that there
 * is no such mailbox, `spam@` is refused after its data, `silent@` hears nothing, and `cut@` is taken while the connection ends before the answer, once.
 */
export async function startMailServer(): Promise<{
  readonly url: string;
  readonly arrived: Arrived[];
  readonly stop: () => Promise<void>;
}> {
  const arrived: Arrived[] = [];
  let cuts = 1;
  const port = await freePort();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      if (address.startsWith('later')) return done(refusal(450, 'Come again'));
      if (address.startsWith('nobody')) return done(refusal(550, 'No such mailbox'));
      return done();
    },
    onData: (stream, { envelope, id }, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const to = envelope.rcptTo[0]?.address ?? '';
        if (to.startsWith('spam')) return done(refusal(554, 'This is spam'));
        if (to.startsWith('silent')) return undefined;
        arrived.push({ to, source: Buffer.concat(parts).toString('utf8') });
        if (to.startsWith('cut') && cuts-- > 0) {
          for (const connection of server.connections) if (connection.id === id) connection.close();
          return undefined;
        }
        return done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${port}`,
    arrived,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
