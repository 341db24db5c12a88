import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** A wire that tests can cut or freeze. */
export type TcpProxy = {
  readonly port: number;
  /** Closes every connection with a reset; new ones are let through. */
  readonly cut: () => void;
  /** From now on nothing is forwarded, and nobody is told (half-open), until `thaw`. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** Refuses new connections while down. */
  readonly down: (isDown: boolean) => void;
  readonly close: () => Promise<void>;
};

/** Opens a proxy in front of a port of this machine, for fault tests. */
export async function openTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let isFrozen = false;
  let isDown = false;
  const server = createServer((inner) => {
    if (isDown) return void inner.resetAndDestroy();
    const outer = connect(target);
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on('data', (chunk) => isFrozen || to.write(chunk));
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        if (!isFrozen) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: portOf(server.address()),
    cut,
    freeze: () => void (isFrozen = true),
    thaw: () => {
      isFrozen = false;
      cut();
    },
    down: (wanted) => void (isDown = wanted),
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return address.port;
}
