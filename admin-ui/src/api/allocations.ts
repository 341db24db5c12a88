import { trusted } from './client.ts';
import type { BusinessObject } from './metadata.ts';
import { loadRecord, queryRecords, runCommand } from './records.ts';

/** An open item, as far as it is allocated; amounts are decimal strings in `currency`. `instalments` are the rows of its payment schedule. */
export type OpenItem = {
  readonly id: string;
  readonly reference: string | null;
  readonly kind: string;
  readonly side: 'debit' | 'credit';
  readonly status: string;
  readonly date: string;
  readonly dueDate: string | null;
  readonly currency: string;
  readonly amount: string;
  readonly allocated: string | null;
  readonly open: string;
  readonly customerId: string;
  readonly customer: { readonly name?: string | null } | null;
  readonly companyId: string | null;
  readonly paymentId: string | null;
  readonly instalments: unknown;
};

/** What of an item was settled against another. */
export type Allocation = {
  readonly id: string;
  readonly date: string;
  readonly amount: string;
  readonly currency: string;
  readonly debitId: string;
  readonly debit: { readonly reference?: string | null } | null;
  readonly credit: { readonly reference?: string | null } | null;
};

/** What is to be settled of one item: texts as they were typed, as decimals. */
export type AllocationLine = { readonly itemId: string; readonly amount: string; readonly discount: string; readonly paid: string };

const ITEMS_MAX = 500;

export async function openItem(items: BusinessObject, id: string, signal: AbortSignal): Promise<OpenItem> {
  return trusted<OpenItem>((await loadRecord(items, id, { expand: 'customer', signal })).record);
}

/** What is open of the same customer and company on the other side, what is due first at the top. */
export async function othersOf(items: BusinessObject, item: OpenItem, signal: AbortSignal): Promise<readonly OpenItem[]> {
  const { customerId, companyId } = item;
  const side = item.side === 'debit' ? 'credit' : 'debit';
  const filter = { customerId, companyId: companyId ?? { isNull: true }, status: 'open', side };
  const query = { filter, sort: 'dueDate,date,id', limit: ITEMS_MAX };
  return trusted<readonly OpenItem[]>((await queryRecords(items, query, signal)).items);
}

/** What of an item is settled already. */
export async function allocationsOf(
  allocations: BusinessObject,
  { id, side }: OpenItem,
  signal: AbortSignal,
): Promise<readonly Allocation[]> {
  const filter = { [side === 'debit' ? 'debitId' : 'creditId']: id, status: 'applied' };
  const query = { filter, fields: 'id,date,amount,currency,debitId,debit.reference,credit.reference', sort: '-date,id', limit: ITEMS_MAX };
  return trusted<readonly Allocation[]>((await queryRecords(allocations, query, signal)).items);
}

/** Settles items by one in the customer's favour, all lines or none. A payment takes early discounts and other currencies too. */
export async function allocate(items: BusinessObject, item: OpenItem, lines: readonly AllocationLine[]): Promise<void> {
  const given = lines.map(({ itemId, amount, discount, paid }) => ({
    itemId,
    amount,
    ...(discount === '' ? {} : { discount }),
    ...(paid === '' ? {} : { paid }),
  }));
  const at = item.kind === 'payment' ? { ...items, collection: 'payments' } : items;
  await runCommand(at, item.paymentId && item.kind === 'payment' ? item.paymentId : item.id, { name: 'allocate', input: { lines: given } });
}
