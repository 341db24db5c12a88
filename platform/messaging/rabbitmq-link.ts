import { connect, type ChannelModel } from 'amqplib';

/** A connection that comes back by itself. */
export type Link = {
  readonly state: () => {
    readonly connected: boolean;
    readonly blocked: string | null;
    readonly lastError: string | null;
  };
  /** Gives the present connection up for a new one: it answers no more, or something on it is not as it was declared. */
  readonly renew: (reason: unknown) => void;
  readonly close: () => Promise<void>;
};

/** How a link is made. `setup` runs on every new connection; when it fails the connection is tried anew, later. */
export type LinkOptions = {
  readonly url: string;
  readonly name: string;
  readonly setup: (model: ChannelModel) => Promise<void>;
  readonly onLost: () => void;
  readonly onProblem: (error: unknown) => void;
};

/** Seconds; a connection that is silent for two of them is dead. */
const HEARTBEAT = 5;
const CONNECT_MILLISECONDS = 5_000;

/** Opens a link. It is there at once, also while the broker is away. */
export async function openLink({ url, name, setup, onLost, onProblem }: LinkOptions): Promise<Link> {
  let model: ChannelModel | null = null;
  let blocked: string | null = null;
  let lastError: string | null = null;
  const problem = (error: unknown): void => {
    lastError = error instanceof Error ? error.message : String(error);
    onProblem(error);
  };
  const recovering = await connect(withHeartbeat(url), {
    noDelay: true,
    timeout: CONNECT_MILLISECONDS,
    clientProperties: { connection_name: `tessera ${name}` },
    recovery: {
      initialDelay: 100,
      maxDelay: 5_000,
      waitForConnect: false,
      setup: async (fresh: ChannelModel) => {
        fresh.on('error', problem);
        await setup(fresh);
      },
    },
  });
  recovering.on('connect', (fresh) => {
    model = fresh;
    blocked = null;
    lastError = null;
  });
  recovering.on('disconnect', (error) => {
    model = null;
    problem(error);
    onLost();
  });
  recovering.on('connect-failed', problem);
  recovering.on('error', problem);
  recovering.on('blocked', (reason) => (blocked = reason || 'The broker accepts no publishes.'));
  recovering.on('unblocked', () => (blocked = null));
  return Object.freeze({
    state: () => ({ connected: model !== null, blocked, lastError }),
    renew: (reason: unknown) => {
      problem(reason);
      model?.close().catch(problem);
    },
    close: () => recovering.close(),
  });
}

function withHeartbeat(url: string): string {
  const parsed = new URL(url);
  parsed.searchParams.set('heartbeat', String(HEARTBEAT));
  return parsed.href;
}
