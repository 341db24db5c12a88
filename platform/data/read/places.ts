import { isRecord } from '#platform/kernel/is-record.ts';
import type { Comparison } from './operators.ts';
import { refused, type Asked } from './values.ts';

const EARTH_KILOMETERS = 6371.0088;
const DEGREE_KILOMETERS = 111.2;

/** Places within a distance of another: a box first, which is cheap, then the great circle (haversine). */
export function near({ builder, asked, on, raw }: Comparison): string {
  const given = numbers(asked, raw, { lat: 90, lng: 180, kilometers: 20_100 });
  const [lat, lng, reach] = [given.lat, given.lng, given.kilometers].map((number) => `${builder.parameter(number)}::float8`);
  const spread = given.kilometers / DEGREE_KILOMETERS;
  const [south, north] = [given.lat - spread, given.lat + spread].map((number) => `${builder.parameter(number)}::float8`);
  const here = degrees(on.sql);
  const angle = `power(sin(radians(${here.lat} - ${lat}) / 2), 2) + cos(radians(${lat})) * cos(radians(${here.lat})) * power(sin(radians(${here.lng} - ${lng}) / 2), 2)`;
  return `(${here.lat} between ${south} and ${north} and 2 * ${EARTH_KILOMETERS} * asin(least(1, sqrt(${angle}))) <= ${reach})`;
}

/** Places in a rectangle. One whose west is east of its east crosses the date line. */
export function within({ builder, asked, on, raw }: Comparison): string {
  const box = numbers(asked, raw, { south: 90, west: 180, north: 90, east: 180 });
  const here = degrees(on.sql);
  const [south, west, north, east] = [box.south, box.west, box.north, box.east].map((number) => `${builder.parameter(number)}::float8`);
  const word = box.west <= box.east ? 'and' : 'or';
  return `(${here.lat} between ${south} and ${north} and (${here.lng} >= ${west} ${word} ${here.lng} <= ${east}))`;
}

function degrees(place: string): { lat: string; lng: string } {
  return { lat: `(${place}->>'lat')::float8`, lng: `(${place}->>'lng')::float8` };
}

/** The numbers of a place in a filter, each between its bound and the bound below zero. */
function numbers<Name extends string>(asked: Asked, raw: unknown, bounds: Readonly<Record<Name, number>>): Readonly<Record<Name, number>> {
  const names = Object.keys(bounds);
  const found: Record<string, number> = {};
  for (const [name, bound] of Object.entries<number>(bounds)) {
    const given = isRecord(raw) ? raw[name] : undefined;
    const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
    if (typeof number !== 'number' || !Number.isFinite(number) || Math.abs(number) > bound)
      throw refused(asked, 'place', `is compared with ${names.join(', ')} as numbers; ${name} is at most ${bound}`);
    found[name] = number;
  }
  return { ...bounds, ...found };
}
