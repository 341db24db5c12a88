import { defineReport, type ReportLink, type ReportRow } from '#platform/kernel/report.ts';
import { ageing, sumOfAgeings, type AgedItem, type Ageing } from '../rules/ageing.ts';
import type { StatedAllocation } from '../rules/statement.ts';
import { AGEING_COLUMNS, moneyColumn } from './ageing-columns.ts';

type Owed = AgedItem & { readonly customerId: string; readonly customer?: { readonly name?: string | null } | null };

/** What customers owe on a day, by how long it has been due then. */
export const receivablesAgeing = defineReport<{ customerId?: string; asOf: string }>({
  name: 'receivables-ageing',
  label: { en: 'Ageing of receivables', de: 'Altersstruktur der Forderungen' },
  help: {
    en: 'What customers owe on a day, by how long it has been due.',
    de: 'Was Kunden an einem Tag schulden, danach, wie lange es fällig ist.',
  },
  reads: ['open_item', 'allocation'],
  offeredAt: ['customer'],
  input: [
    {
      name: 'customer',
      label: { en: 'Customer', de: 'Kunde' },
      type: 'lookup',
      target: 'customer',
      help: { en: 'Empty: all.', de: 'Leer: alle.' },
    },
    { name: 'asOf', label: { en: 'As of', de: 'Stand' }, type: 'date' },
  ],
  columns: [
    { name: 'customer', label: { en: 'Customer', de: 'Kunde' }, type: 'text' },
    { name: 'currency', label: { en: 'Currency', de: 'Währung' }, type: 'text' },
    ...AGEING_COLUMNS,
    moneyColumn('total', 'Total', 'Summe'),
  ],
  defaults: (_given, today) => ({ asOf: today }),
  run: async (reading, { customerId, asOf }) => {
    const ofCustomer = customerId ? { customerId } : {};
    const items = await reading.all<Owed>('open_item', {
      filter: { ...ofCustomer, date: { lte: asOf } },
      fields: 'id,kind,side,date,dueDate,currency,amount,reference,voidedOn,instalments,customerId,customer.name',
      sort: 'date',
    });
    const allocations = await reading.all<StatedAllocation & { readonly customerId: string }>('allocation', {
      filter: { ...ofCustomer, date: { lte: asOf } },
      fields: 'customerId,debitId,creditId,date,amount,currency,creditAmount,creditCurrency,undoneOn',
    });
    const settled = Map.groupBy(allocations, (allocation) => allocation.customerId);
    const groups = [...Map.groupBy(items, (item) => `${item.customerId} ${item.currency}`).values()];
    const rows = groups.map((group) => {
      const [first] = group;
      const who = { customerId: first?.customerId ?? '', customer: first?.customer?.name ?? '', currency: first?.currency ?? '' };
      return { ...who, ...ageing(group, settled.get(who.customerId) ?? [], asOf), row: { links: linksOf(who.customerId, asOf) } };
    });
    const owing = rows
      .filter(({ total, inFavour }) => Number(total) !== 0 || Number(inFavour) !== 0)
      .toSorted((a, b) => a.customer.localeCompare(b.customer) || a.currency.localeCompare(b.currency));
    const totals = ageingTotals(owing).map((row) => ({ ...row, customer: reading.language === 'de' ? 'Summe' : 'Total' }));
    return { rows: [...owing, ...totals] };
  },
});

/** The customer's own page, and the documents behind what they owe. */
function linksOf(customerId: string, asOf: string): { readonly [column: string]: ReportLink } {
  return {
    customer: { object: 'customer', id: customerId },
    total: { report: 'payments/statement-of-account', input: { customerId, to: asOf } },
  };
}

/** What all of them owe, currency by currency. */
function ageingTotals(rows: readonly (Ageing & { readonly currency: string })[]): readonly ReportRow[] {
  return [...Map.groupBy(rows, ({ currency }) => currency)]
    .filter(([, group]) => group.length > 1)
    .map(([currency, group]) => ({ currency, ...sumOfAgeings(group, currency), row: { kind: 'total' } }));
}
