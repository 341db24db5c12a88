import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { identifier } from '../identifier.ts';
import type { Query } from '../save/load.ts';

/** The IANA time zones of the companies that this service knows, by company: there are few, and days of documents are days there. */
export async function companyZones(query: Query, index: SchemaIndex): Promise<ReadonlyMap<string, string>> {
  const text = zonesText(index);
  if (text === null) return new Map();
  const rows = await query({ text, values: [] });
  return new Map(rows.flatMap(([id, zone]) => (id && zone ? [[id, zone] as const] : [])));
}

function zonesText(index: SchemaIndex): string | null {
  const [own, foreign] = [index.byName.get('company'), index.foreign.get('company')];
  if (own) return `select id::text, time_zone from records.${identifier(own.table)}`;
  return foreign ? `select id::text, data ->> 'time_zone' from mirror.${identifier(foreign.table)}` : null;
}
