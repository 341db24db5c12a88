import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { Database } from '../database.ts';

/** Tables of at most so many bytes are read as a whole sooner than an index is planned for. */
const SMALL_BYTES = 256 * 1024;
const KNOWN_MILLISECONDS = 30_000;

/** Which tables of a database are small, as of half a minute ago at most. */
export function openTableSizes(database: Pick<Database, 'read'>): () => Promise<(object: ObjectDefinition) => boolean> {
  let small: Promise<ReadonlySet<string>> | null = null;
  let until = 0;
  return async () => {
    if (small === null || performance.now() > until) {
      until = performance.now() + KNOWN_MILLISECONDS;
      small = smallTables(database);
      small.catch(() => (small = null));
    }
    const known = await small;
    return ({ table }) => known.has(table);
  };
}

async function smallTables(database: Pick<Database, 'read'>): Promise<ReadonlySet<string>> {
  const text = `select relname from pg_class where relnamespace = 'records'::regnamespace and relkind = 'r' and pg_relation_size(oid) <= $1::bigint`;
  return new Set((await database.read({ text, values: [SMALL_BYTES] })).map(([name]) => name ?? ''));
}
