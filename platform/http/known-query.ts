import { Refusal } from '#platform/kernel/errors.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import type { RouteDescription } from '#platform/kernel/route.ts';

/** Refuses query parameters that a route does not have, with the nearest one that it has. */
export function refuseUnknownQuery(route: RouteDescription, query: { readonly [name: string]: unknown }): void {
  const known = Object.keys(route.query ?? query);
  const unknown = Object.keys(query).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  const instead = near ? `; did you mean "${near}"?` : known.length > 0 ? `: take ${known.join(', ')}.` : ' here.';
  throw new Refusal('unknown_name', `There is no parameter "${unknown.slice(0, 60)}"${instead}`);
}
