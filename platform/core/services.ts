import type { Database } from '#platform/data/database.ts';

/** What a service reported last: the version it serves, and what went wrong on the way to a newer one. */
export type ServiceState = {
  readonly module: string;
  readonly version: number;
  readonly error: string | null;
  readonly at: string;
};

/** How far a service has come with a version. `failed` says why it did not get there. */
export type Served = { readonly state: 'active' } | { readonly state: 'pending'; readonly error?: string };

const POLL_MS = 100;

/** Who serves which version; waits for it. Reports of this replica wake waiters at once, those of others are seen by polling. */
export type Services = {
  readonly report: (module: string, version: number, error?: string) => Promise<void>;
  readonly list: () => Promise<readonly ServiceState[]>;
  readonly waitFor: (modules: readonly string[], version: number, ms: number) => Promise<Served>;
};

/** Keeps the reports in the core's database. */
export function openServices(database: Database): Services {
  const waiting = new Set<() => void>();
  const list = async (): Promise<readonly ServiceState[]> => {
    const rows = await database.read({
      text: 'select module, version, error, at from platform.service_state order by module',
      values: [],
    });
    return rows.map(([module, version, error, at]) => ({
      module: String(module),
      version: Number(version),
      error: error ?? null,
      at: new Date(`${at}`).toISOString(),
    }));
  };
  const report = async (module: string, version: number, error?: string): Promise<void> => {
    // With an error the service still serves what it served; a replica that lags does not take back what another one reported.
    await database.write({
      text: `insert into platform.service_state (module, version, error) values ($1, case when $3::text is null then $2::bigint else 0 end, $3)
        on conflict (module) do update set version = greatest(service_state.version, excluded.version), at = now(),
          error = case when $3::text is null and $2::bigint < service_state.version then service_state.error else $3 end`,
      values: [module, version, error?.slice(0, 2000) ?? null],
    });
    for (const wake of waiting) wake();
  };
  const waitFor = async (modules: readonly string[], version: number, ms: number): Promise<Served> => {
    const deadline = performance.now() + ms;
    for (;;) {
      const { promise: woken, resolve } = Promise.withResolvers<undefined>();
      const wake = (): void => resolve(undefined);
      waiting.add(wake);
      const timer = setTimeout(wake, Math.max(0, Math.min(POLL_MS, deadline - performance.now())));
      try {
        const served = servedBy(await list(), modules, version);
        if (served.state === 'active' || performance.now() >= deadline) return served;
        await woken;
      } finally {
        clearTimeout(timer);
        waiting.delete(wake);
      }
    }
  };
  return Object.freeze({ report, list, waitFor });
}

/** A service that failed on this version reports the error with the version it still serves. */
function servedBy(states: readonly ServiceState[], modules: readonly string[], version: number): Served {
  const byModule = new Map(states.map((state) => [state.module, state]));
  const missing = modules.filter((module) => (byModule.get(module)?.version ?? 0) < version);
  if (missing.length === 0) return { state: 'active' };
  const error = missing.map((module) => byModule.get(module)?.error).find((text) => typeof text === 'string');
  return error === undefined || error === null ? { state: 'pending' } : { state: 'pending', error };
}
