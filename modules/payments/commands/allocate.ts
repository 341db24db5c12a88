import type { OpenItem } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';
import { settle } from '../items/settle.ts';
import { allocationLines, type AllocationLine } from '../rules/allocation-lines.ts';
import { amountToSettle, pairedInCurrency, wrong, type At } from '../rules/allocation.ts';

type Input = { readonly itemId?: string | null; readonly amount?: string | null; readonly lines?: unknown };

/** What of one item is settled, and where in the request that stands. */
type Part = Pick<AllocationLine, 'itemId' | 'amount'> & { readonly at: { readonly item: At; readonly amount: At } };

/** Settles what the customer has in favour against what they owe: one item, or several line by line, all or none. */
export const allocate = defineCommand<OpenItem, Input>({
  object: 'open_item',
  name: 'allocate',
  run: async (work, item, input) => {
    if (item.side === 'debit')
      throw new Refusal('wrong_state', {
        en: 'Allocate from the item that is in the customer’s favour to what it settles.',
        de: 'Verrechnen Sie von dem Posten zu Gunsten des Kunden aus auf das, was er ausgleicht.',
      });
    const date = work.today(item.companyId ?? undefined);
    const parts = partsOf(input);
    const locked = await lockAll(work, parts);
    const made: { object: string; id: string }[] = [];
    let credit = item;
    for (const { itemId, amount, at } of parts) {
      const other = locked.get(itemId);
      if (!other) throw wrong(at.item, { en: 'There is no such open item.', de: 'Diesen offenen Posten gibt es nicht.' });
      const pair = pairedInCurrency(credit, other, at.item);
      const settled = await settle(work, pair, { amount: amountToSettle([pair.debit, pair.credit], amount, at.amount), date });
      made.push({ object: 'allocation', id: settled.allocationId });
      credit = settled.credit;
    }
    return { created: made };
  },
});

function partsOf({ itemId, amount = null, lines }: Input): readonly Part[] {
  if (lines !== undefined && lines !== null) return allocationLines(lines).map(partOf);
  const at = { item: { pointer: '/itemId', field: 'itemId' }, amount: { pointer: '/amount', field: 'amount' } };
  if (!itemId)
    throw wrong(at.item, { en: 'Say which open item is settled.', de: 'Geben Sie an, welcher offene Posten ausgeglichen wird.' });
  return [{ itemId, amount, at }];
}

function partOf({ itemId, amount, paid, discount, pointer }: AllocationLine): Part {
  if (paid !== null || discount.gt(0))
    throw wrong(
      { pointer, field: 'lines' },
      { en: 'Only a payment takes an early discount or another currency.', de: 'Nur eine Zahlung nimmt Skonto oder eine andere Währung.' },
    );
  const at = (field: string): At => ({ pointer: `${pointer}/${field}`, field });
  return { itemId, amount, at: { item: at('itemId'), amount: at('amount') } };
}

/** Locks what is settled, by id, so that no two that allocate wait for each other. */
async function lockAll(work: Work, parts: readonly Part[]): Promise<ReadonlyMap<string, OpenItem>> {
  const ids = parts.map(({ itemId }) => itemId).toSorted();
  const known = await work.query<OpenItem>('open_item', { filter: { id: { in: ids } }, fields: 'id', limit: 1000 });
  const locked = new Map<string, OpenItem>();
  for (const id of ids) if (known.some((one) => one.id === id)) locked.set(id, await work.lock<OpenItem>('open_item', id));
  return locked;
}
