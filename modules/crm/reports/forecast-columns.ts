import type { ReportColumn } from '#platform/kernel/report.ts';

/** A column of money. */
export function moneyColumn(name: string, en: string, de: string): ReportColumn {
  return { name, label: { en, de }, type: 'money' };
}

/** The figures of a forecast. */
export const FORECAST_COLUMNS: readonly ReportColumn[] = [
  moneyColumn('won', 'Won', 'Gewonnen'),
  moneyColumn('commit', 'Commit', 'Zugesagt'),
  moneyColumn('bestCase', 'Best case', 'Bester Fall'),
  moneyColumn('pipeline', 'Open', 'Offen'),
  moneyColumn('forecast', 'Forecast', 'Prognose'),
  { name: 'deals', label: { en: 'Opportunities', de: 'Verkaufschancen' }, type: 'number' },
];
