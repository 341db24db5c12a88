import type { Shot } from './load.ts';
import { benchRecord } from './table.ts';

let counter = 0;

/** One kind of call, as ours and as the hand-written service take it. */
export type Kind = {
  readonly name: string;
  readonly ours: (ids: readonly string[]) => () => Shot;
  readonly theirs: (ids: readonly string[]) => () => Shot;
};

/** The five kinds of calls, in the order in which they are measured. */
export const KINDS: readonly Kind[] = [
  {
    name: 'get',
    ours: (ids) => () => ({ method: 'GET', path: `/api/offers/bench-items/${pick(ids)}` }),
    theirs: (ids) => () => ({ method: 'GET', path: `/items/${pick(ids)}` }),
  },
  {
    name: 'list 25, filter and sort',
    ours: () => () => ({
      method: 'GET',
      path: `/api/offers/bench-items?filter[category]=category%20${count() % 50}&sort=-position&limit=25`,
    }),
    theirs: () => () => ({ method: 'GET', path: `/items?category=category%20${count() % 50}&limit=25` }),
  },
  {
    name: 'create',
    ours: () => () => ({ method: 'POST', path: '/api/offers/bench-items', body: JSON.stringify(benchRecord(count())) }),
    theirs: () => () => ({ method: 'POST', path: '/items', body: JSON.stringify(benchRecord(count())) }),
  },
  {
    name: 'update',
    ours: (ids) => () => ({
      method: 'PATCH',
      path: `/api/offers/bench-items/${pick(ids)}`,
      body: JSON.stringify({ quantity: count(), note: `changed ${counter}` }),
    }),
    theirs: (ids) => () => ({
      method: 'PATCH',
      path: `/items/${pick(ids)}`,
      body: JSON.stringify({ quantity: count(), note: `changed ${counter}` }),
    }),
  },
  {
    name: 'bulk create 100',
    ours: () => () => ({
      method: 'POST',
      path: '/api/offers/bench-items/bulk',
      body: JSON.stringify({ atomic: true, operations: hundred().map((record) => ({ op: 'create', record })) }),
    }),
    theirs: () => () => ({ method: 'POST', path: '/bulk', body: JSON.stringify(hundred()) }),
  },
];

function hundred(): readonly Record<string, unknown>[] {
  return Array.from({ length: 100 }, () => benchRecord(count()));
}

function pick(ids: readonly string[]): string {
  return ids[count() % ids.length] ?? '';
}

function count(): number {
  counter += 1;
  return counter;
}
