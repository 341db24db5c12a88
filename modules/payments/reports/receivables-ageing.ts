import { defineReport, type ReportColumn } from '#platform/kernel/report.ts';
import { ageing, type AgedItem } from '../rules/ageing.ts';
import type { StatedAllocation } from '../rules/statement.ts';

type Owed = AgedItem & { readonly customerId: string; readonly customer?: { readonly name?: string | null } | null };

const money = (name: string, en: string, de: string): ReportColumn => ({ name, label: { en, de }, type: 'money' });

/** What customers owe on a day, by how long it has been due then. */
export const receivablesAgeing = defineReport<{ customerId?: string; asOf?: string }>({
  name: 'receivables-ageing',
  label: { en: 'Ageing of receivables', de: 'Altersstruktur der Forderungen' },
  reads: ['open_item', 'allocation'],
  input: [
    {
      name: 'customer',
      label: { en: 'Customer', de: 'Kunde' },
      type: 'lookup',
      target: 'customer',
      help: { en: 'Empty: all.', de: 'Leer: alle.' },
    },
    { name: 'asOf', label: { en: 'As of', de: 'Stand' }, type: 'date', help: { en: 'Empty: today.', de: 'Leer: heute.' } },
  ],
  columns: [
    { name: 'customer', label: { en: 'Customer', de: 'Kunde' }, type: 'text' },
    { name: 'currency', label: { en: 'Currency', de: 'Währung' }, type: 'text' },
    money('notDue', 'Not due', 'Nicht fällig'),
    money('days30', '1–30 days', '1–30 Tage'),
    money('days60', '31–60 days', '31–60 Tage'),
    money('days90', '61–90 days', '61–90 Tage'),
    money('older', 'Over 90 days', 'Über 90 Tage'),
    money('inFavour', 'In their favour', 'Zu ihren Gunsten'),
    money('total', 'Total', 'Summe'),
  ],
  run: async (reading, { customerId, asOf = reading.today }) => {
    const ofCustomer = customerId ? { customerId } : {};
    const items = await reading.all<Owed>('open_item', {
      filter: { ...ofCustomer, date: { lte: asOf } },
      fields: 'id,kind,side,date,dueDate,currency,amount,reference,instalments,customerId,customer.name',
      sort: 'date',
    });
    const allocations = await reading.all<StatedAllocation & { readonly customerId: string }>('allocation', {
      filter: { ...ofCustomer, date: { lte: asOf } },
      fields: 'customerId,debitId,creditId,date,amount,undoneOn',
    });
    const settled = Map.groupBy(allocations, (allocation) => allocation.customerId);
    const groups = [...Map.groupBy(items, (item) => `${item.customerId} ${item.currency}`).values()];
    const rows = groups.map((group) => {
      const [first] = group;
      const who = { customerId: first?.customerId ?? '', customer: first?.customer?.name ?? '', currency: first?.currency ?? '' };
      return { ...who, ...ageing(group, settled.get(who.customerId) ?? [], asOf) };
    });
    return rows
      .filter(({ total, inFavour }) => Number(total) !== 0 || Number(inFavour) !== 0)
      .toSorted((a, b) => a.customer.localeCompare(b.customer) || a.currency.localeCompare(b.currency));
  },
});
