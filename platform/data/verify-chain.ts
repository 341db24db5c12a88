import type { ChainFault, ChainVerdict } from '#platform/kernel/chain-verdict.ts';
import type { Chained } from '#platform/kernel/invariants.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { statusField } from '#platform/kernel/status-field.ts';
import { hashFunction } from './ddl/chains.ts';
import { identifier } from './identifier.ts';
import { titleFieldOf } from './search.ts';
import type { Reader } from './slow-read.ts';

/** Records that are looked at in one go. */
const LINKS_MOST = 5_000;

type Link = { readonly id: string; readonly title: string | null; readonly position: number } & {
  readonly [hash in 'previous' | 'hash' | 'right']: string | null;
};

/** Goes along the chain of an object's records behind a place (0: from the beginning), a few thousand of them. The head is read first: what is chained meanwhile comes behind it. */
export async function verifyChain({ query }: Reader, object: ObjectDefinition, after: number): Promise<ChainVerdict> {
  const { chained } = object;
  if (!chained) throw new Error(`The records of ${object.name} are not chained.`);
  const [head] = await query({ text: 'select position, hash from platform.chain where object = $1', values: [object.id] });
  const length = Number(head?.[0] ?? 0);
  const links = (await query({ text: linksSql(object, chained), values: [after, Math.min(after + LINKS_MOST, length)] })).map(linkOf);
  const end = Math.min(after + LINKS_MOST, length);
  const before = after === 0 ? '' : ((await query({ text: hashSql(object, chained), values: [after] }))[0]?.[0] ?? null);
  const fault = firstFault(links, { after, end, before, length }) ?? (end === length ? await unchained({ query }, object, chained) : null);
  const isWholeHead = links.length === 0 || end < length || links.at(-1)?.hash === head?.[1];
  const cut: ChainFault = { reason: 'cutOff', position: length, id: links.at(-1)?.id ?? null, title: links.at(-1)?.title ?? null };
  const found = fault ?? (isWholeHead ? null : cut);
  return { length, verified: found?.position ? found.position - 1 : end, next: found || end >= length ? null : end, fault: found };
}

function linkOf([id, title, position, previous, hash, right]: readonly (string | null)[]): Link {
  return {
    id: id ?? '',
    title: title ?? null,
    position: Number(position),
    previous: previous ?? null,
    hash: hash ?? null,
    right: right ?? null,
  };
}

type Part = { readonly after: number; readonly end: number; readonly before: string | null; readonly length: number };

function firstFault(links: readonly Link[], { after, end, before, length }: Part): ChainFault | null {
  let last = before;
  for (let place = after + 1; place <= end; place += 1) {
    const link = links[place - after - 1];
    if (link?.position !== place) {
      const isEnd = links.length === place - after - 1 && end === length;
      return { reason: isEnd ? 'cutOff' : 'missing', position: place, id: null, title: null };
    }
    const { id, title, previous, hash, right } = link;
    if (previous !== last) return { reason: 'unlinked', position: place, id, title };
    if (hash !== right) return { reason: 'altered', position: place, id, title };
    last = hash;
  }
  return null;
}

/** A record in a status that is chained, without a place. */
async function unchained({ query }: Reader, object: ObjectDefinition, chained: Chained): Promise<ChainFault | null> {
  const status = statusField(object)?.column ?? '';
  const text = `select id, ${titleOf(object)} from ${tableOf(object)} where ${identifier(status)} = any ($1::text[]) and ${placeOf(object, chained)} is null limit 1`;
  const [row] = await query({ text, values: [`{${chained.in.join(',')}}`] });
  return row ? { reason: 'unchained', position: null, id: row[0] ?? null, title: row[1] ?? null } : null;
}

function linksSql(object: ObjectDefinition, chained: Chained): string {
  const [place, previous, hash] = [placeOf(object, chained), columnOf(object, chained.previous), columnOf(object, chained.hash)];
  return `select id, ${titleOf(object)}, ${place}, ${previous}, ${hash}, ${hashFunction(object)}(to_jsonb(r))
    from ${tableOf(object)} r where ${place} > $1::bigint and ${place} <= $2::bigint order by ${place}`;
}

function hashSql(object: ObjectDefinition, chained: Chained): string {
  return `select ${columnOf(object, chained.hash)} from ${tableOf(object)} where ${placeOf(object, chained)} = $1::bigint`;
}

function placeOf(object: ObjectDefinition, chained: Chained): string {
  return columnOf(object, chained.position);
}

function titleOf(object: ObjectDefinition): string {
  const title = titleFieldOf(object);
  return title ? `${identifier(title.column)}::text` : 'null';
}

function columnOf(object: ObjectDefinition, id: string): string {
  return identifier(object.fields.find((field) => field.id === id)?.column ?? '');
}

function tableOf(object: ObjectDefinition): string {
  return `records.${identifier(object.table)}`;
}
