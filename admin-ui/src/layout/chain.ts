import { apiName, type BusinessObject, type Field } from '../api/metadata.ts';
import { queryRecords, type RecordValues } from '../api/records.ts';
import { titleFields } from '../api/titles.ts';
import { textOf } from '../fields/input-frame.ts';
import { entriesOf, itemField, settledWith } from './settlements.ts';

/** One document of a chain. */
export type ChainLink = { readonly object: BusinessObject; readonly record: RecordValues };

/** A hop of a chain: a lookup of one kind of document at another. */
type Hop = { readonly from: BusinessObject; readonly field: Field; readonly to: BusinessObject };

/** As many documents as can be taken in, and as many steps as lead from a lead to the credit note of the last invoice of what came of it, and back. */
const LINKS_MOST = 60;
const STEPS_MOST = 7;
const AMOUNTS = ['grossTotal', 'amount', 'netTotal', 'total'];

/** Kinds of documents: what draws a number of its own when it is issued, and what shows the chain on its page, such as the opportunity before an offer. */
export function isDocument(object: BusinessObject): boolean {
  if (object.state !== 'active') return false;
  const drawsNumber = object.fields.some(({ type, state }) => type === 'documentNumber' && state !== 'retired');
  return (
    drawsNumber || object.layouts.some(({ sections = [] }) => sections.some(({ items }) => items.some(({ kind }) => kind === 'chain')))
  );
}

/** Lookups of documents at documents, other than at their own kind's. */
export function hopsOf(objects: readonly BusinessObject[]): readonly Hop[] {
  const documents = new Map(objects.filter(isDocument).map((object) => [object.name, object]));
  return [...documents.values()].flatMap((from) =>
    from.fields.flatMap((field): readonly Hop[] => {
      const to = field.type === 'lookup' && field.state !== 'retired' && field.target ? documents.get(field.target) : undefined;
      return to ? [{ from, field, to }] : [];
    }),
  );
}

/**
 * The documents before and after one, as far as the reader may see them: along the lookups, both ways, each once, one query for each kind and
 * step; then what was settled with them, and what lies along its lookups. In the order in which one kind comes of another, each kind by its number.
 */
export async function chainOf(start: Wanted, objects: readonly BusinessObject[], signal: AbortSignal): Promise<readonly ChainLink[]> {
  const walk = { hops: hopsOf(objects), found: new Map<string, ChainLink>(), signal };
  await walkFrom([start], walk);
  const kinds = objects.filter(isDocument);
  await walkFrom(await settledWith([...walk.found.values()], { kinds, objects, signal }), walk);
  await walkFrom(await entriesOf([...walk.found.values()], { objects, signal }), walk);
  return inOrder([...walk.found.values()].slice(0, LINKS_MOST), walk.hops);
}

type Walk = Asking & { readonly found: Map<string, ChainLink> };

async function walkFrom(start: readonly Wanted[], { hops, found, signal }: Walk): Promise<void> {
  const isNew = ({ object, id }: Wanted): boolean => id !== '' && !found.has(`${object.name} ${id}`);
  let wanted = byKind(start.filter(isNew));
  for (let step = 0; step < STEPS_MOST && wanted.size > 0 && found.size < LINKS_MOST; step += 1) {
    const pages = await Promise.all([...wanted].map(([object, ids]) => recordsOf(object, { id: { in: [...ids] } }, { hops, signal })));
    const fresh = pages.flat();
    for (const link of fresh) found.set(keyOf(link), link);
    const after = await Promise.all(
      hops.flatMap((hop) => {
        const ids = fresh.filter(({ object }) => object.name === hop.to.name).map(({ record }) => textOf(record['id']));
        return ids.length === 0 ? [] : [recordsOf(hop.from, { [apiName(hop.field)]: { in: ids } }, { hops, signal })];
      }),
    );
    const near = [...after.flat().map(({ object, record }) => ({ object, id: textOf(record['id']) })), ...before(fresh, hops)];
    wanted = byKind(near.filter(isNew));
  }
}

/** A document that is looked for. */
export type Wanted = { readonly object: BusinessObject; readonly id: string };

/** What the lookups of documents lead to. */
function before(links: readonly ChainLink[], hops: readonly Hop[]): readonly Wanted[] {
  return links.flatMap(({ object, record }) =>
    hops.filter(({ from }) => from.name === object.name).map(({ field, to }) => ({ object: to, id: textOf(record[apiName(field)]) })),
  );
}

function byKind(wanted: readonly Wanted[]): Map<BusinessObject, Set<string>> {
  const kinds = Map.groupBy(wanted, ({ object }) => object);
  return new Map([...kinds].map(([object, some]) => [object, new Set(some.map(({ id }) => id))]));
}

type Asking = { readonly hops: readonly Hop[]; readonly signal: AbortSignal };

async function recordsOf(object: BusinessObject, filter: object, { hops, signal }: Asking): Promise<readonly ChainLink[]> {
  const item = itemField(object);
  const leading = hops.filter(({ from }) => from.name === object.name).map(({ field }) => field);
  const lookups = [...leading, ...(item ? [item] : [])].map(apiName);
  const told = object.fields.filter((field) => field.state !== 'retired' && ['status', 'currency', ...AMOUNTS].includes(field.name));
  const fields = ['id', 'createdAt', ...titleFields(object).map(apiName), ...told.map(apiName), ...lookups].join(',');
  const { items } = await queryRecords(object, { fields, filter, limit: LINKS_MOST, sort: 'createdAt' }, signal);
  return items.map((record) => ({ object, record }));
}

/** The field of what a document comes to. */
export function amountOf({ object, record }: ChainLink): Field | undefined {
  const name = AMOUNTS.find((one) => textOf(record[one]) !== '');
  return object.fields.find((one) => one.name === name);
}

export function keyOf({ object, record }: ChainLink): string {
  return `${object.name} ${textOf(record['id'])}`;
}

function inOrder(links: readonly ChainLink[], hops: readonly Hop[]): readonly ChainLink[] {
  const kinds = [...new Map(links.map(({ object }) => [object.name, object])).values()];
  const ranks = new Map(kinds.map(({ name }) => [name, rankOf(name, hops)]));
  // What settles others leads to none of them: it stands behind them, before what is made of them.
  const settled = kinds.filter((object) => itemField(object) !== undefined).map(({ name }) => ranks.get(name) ?? 0);
  for (const object of kinds) if (itemField(object) && ranks.get(object.name) === 0) ranks.set(object.name, Math.max(...settled) + 1.5);
  // What gives back the money of such a document comes after it.
  const raised = kinds.filter(({ name }) => !Number.isInteger(ranks.get(name) ?? 0)).map(({ name }) => name);
  for (const { from, field, to } of hops)
    if (raised.includes(to.name) && field.live !== true && ranks.has(from.name)) ranks.set(from.name, (ranks.get(to.name) ?? 0) + 0.25);
  const rank = ({ object }: ChainLink): number => ranks.get(object.name) ?? 0;
  return links.toSorted((a, b) => rank(a) - rank(b) || textOf(a.record['createdAt']).localeCompare(textOf(b.record['createdAt'])));
}

/** How many kinds of documents lie before one; a kind that leads to itself is none before itself, nor is one that is filled in later. */
function rankOf(name: string, hops: readonly Hop[], seen: readonly string[] = []): number {
  const earlier = hops.filter(
    ({ from, field, to }) => from.name === name && to.name !== name && field.live !== true && !seen.includes(to.name),
  );
  return earlier.length === 0 ? 0 : 1 + Math.max(...earlier.map(({ to }) => rankOf(to.name, hops, [...seen, name])));
}
