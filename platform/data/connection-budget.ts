import type pg from 'pg';

/** The connections that the pools of one process share: two are each pool's own, the rest is whoever comes first. */
export type ConnectionBudget = {
  /** Lets a pool grow to `most` connections as long as the others leave some; what stands idle is closed and free again. */
  readonly share: (pool: pg.Pool, most: number) => void;
};

const OWN = 2;

/** A budget of `shared` connections beyond the two of each pool. */
export function openConnectionBudget(shared: number): ConnectionBudget {
  const pools = new Map<pg.Pool, number>();
  const settle = (): void => {
    const taken = [...pools.keys()].reduce((sum, pool) => sum + Math.max(0, pool.totalCount - OWN), 0);
    const free = Math.max(0, shared - taken);
    for (const [pool, most] of pools) pool.options.max = Math.min(most, Math.max(OWN, pool.totalCount) + free);
  };
  return Object.freeze({
    share: (pool: pg.Pool, most: number) => {
      pools.set(pool, most);
      pool.on('connect', settle);
      pool.on('remove', settle);
      settle();
    },
  });
}
