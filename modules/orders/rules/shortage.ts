import { plain } from '#platform/kernel/decimal.ts';
import { invalidValues } from '#platform/kernel/errors.ts';
import { heldFree, type Taken } from './claims.ts';

/** Refuses to deliver goods kept in stock that are not held for their line: `held` is what is reserved now, where that has changed. */
export function refuseShort(taken: readonly Taken[], held: ReadonlyMap<string, string>): void {
  const errors = taken.flatMap(({ line, quantity }) => {
    if (line.kind !== 'stock') return [];
    const free = heldFree({ ...line, reserved: held.get(line.id ?? '') ?? line.reserved ?? null });
    if (quantity.lte(free)) return [];
    const message = `Of "${line.description ?? ''}" ${plain(free)} are in stock for this order, not ${plain(quantity)}. Receive stock, or deliver less.`;
    return [{ pointer: '/lines', field: 'lines', rule: 'stock', message }];
  });
  if (errors.length > 0) throw invalidValues(errors);
}
