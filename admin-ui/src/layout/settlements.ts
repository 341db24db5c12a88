import { apiName, type BusinessObject, type Field } from '../api/metadata.ts';
import { queryRecords } from '../api/records.ts';
import { textOf } from '../fields/input-frame.ts';
import type { ChainLink, Wanted } from './chain.ts';

/**
 * Documents of money have an open item in payments, and an allocation joins the item of what is owed with that of what settles it. Entries of the
 * ledger name the document that they were posted for.
 */
const ITEM = 'open_item';
const ALLOCATION = 'allocation';
const ENTRY = 'journal_entry';
const MOST = 60;

type Asking = { readonly objects: readonly BusinessObject[]; readonly signal: AbortSignal };

/** The field in which a document names its open item. */
export function itemField(object: BusinessObject): Field | undefined {
  return object.fields.find(({ name, target, state }) => name === 'openItem' && target === ITEM && state !== 'retired');
}

/** The documents that settle others or are settled by them, of the given kinds. */
export async function settledWith(links: readonly ChainLink[], { kinds, objects, signal }: Asking & { kinds: readonly BusinessObject[] }) {
  const allocation = objects.find(({ name }) => name === ALLOCATION);
  const items = links.flatMap(({ object, record }) => {
    const field = itemField(object);
    return field ? [textOf(record[apiName(field)])] : [];
  });
  const own = new Set(items.filter((id) => id !== ''));
  if (!allocation || own.size === 0) return [];
  const ids = [...own];
  const filter = { status: { eq: 'applied' }, or: [{ debitId: { in: ids } }, { creditId: { in: ids } }] };
  const joined = await queryRecords(allocation, { fields: 'debitId,creditId', filter, limit: MOST }, signal);
  const others = joined.items.flatMap(({ debitId, creditId }) => [textOf(debitId), textOf(creditId)]).filter((id) => !own.has(id));
  if (others.length === 0) return [];
  const found = kinds.flatMap((kind) => {
    const field = itemField(kind);
    return field ? [idsOf(kind, { [apiName(field)]: { in: [...new Set(others)] } }, signal)] : [];
  });
  return (await Promise.all(found)).flat();
}

/** What was posted for documents. */
export async function entriesOf(links: readonly ChainLink[], { objects, signal }: Asking): Promise<readonly Wanted[]> {
  const entry = objects.find(({ name }) => name === ENTRY);
  const sources = links.map(({ record }) => textOf(record['id']));
  return entry && sources.length > 0 ? idsOf(entry, { source: { in: sources } }, signal) : [];
}

async function idsOf(object: BusinessObject, filter: object, signal: AbortSignal): Promise<readonly Wanted[]> {
  const { items } = await queryRecords(object, { fields: 'id', filter, limit: MOST }, signal);
  return items.map(({ id }) => ({ object, id: textOf(id) }));
}
