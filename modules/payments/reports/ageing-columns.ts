import type { ReportColumn } from '#platform/kernel/report.ts';

/** A column of amounts. */
export function moneyColumn(name: string, en: string, de: string): ReportColumn {
  return { name, label: { en, de }, type: 'money' };
}

/** What is owed by how long it has been due, and what is in the customer's favour. */
export const AGEING_COLUMNS: readonly ReportColumn[] = [
  moneyColumn('notDue', 'Not due', 'Nicht fällig'),
  moneyColumn('days30', '1–30 days', '1–30 Tage'),
  moneyColumn('days60', '31–60 days', '31–60 Tage'),
  moneyColumn('days90', '61–90 days', '61–90 Tage'),
  moneyColumn('older', 'Over 90 days', 'Über 90 Tage'),
  moneyColumn('inFavour', 'In their favour', 'Zu ihren Gunsten'),
];
