import { addMonths, endOfMonth } from '#platform/kernel/dates.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { defineReport, type Reading, type ReportRow } from '#platform/kernel/report.ts';
import { firstOf, forecastOf, monthOf, monthsBetween, percentOf, targetIn, type Deal, type Target } from '../rules/forecast.ts';
import { ofCompany } from '../rules/of-company.ts';
import { FORECAST_COLUMNS, moneyColumn } from './forecast-columns.ts';

type Named = { readonly name?: string | null } | null;
type Counted = Deal & {
  readonly ownerId?: string | null;
  readonly owner?: Named;
  readonly territoryId?: string | null;
  readonly territory?: Named;
};
type Aim = Target & { readonly personId?: string | null; readonly territoryId?: string | null };
type Input = { companyId?: string; from: string; until: string; by: 'owner' | 'territory' | 'none' };

/** No longer span of months is worked out at once. */
const MONTHS_MAX = 36;

/** What is won and what is expected, month by month, by whose it is or where; beside it what was aimed at. */
export const forecast = defineReport<Input>({
  name: 'forecast',
  label: { en: 'Sales forecast', de: 'Umsatzprognose' },
  help: {
    en: 'What is won and what open opportunities are expected to bring, by month: each once, lost ones never.',
    de: 'Was gewonnen ist und was offene Verkaufschancen erwarten lassen, je Monat: jede einmal, verlorene nie.',
  },
  reads: ['opportunity', 'sales_target'],
  input: [
    { name: 'from', label: { en: 'From', de: 'Von' }, type: 'date' },
    { name: 'until', label: { en: 'Until', de: 'Bis' }, type: 'date' },
    {
      name: 'by',
      label: { en: 'By', de: 'Nach' },
      type: 'select',
      options: [
        { key: 'owner', label: { en: 'Owner', de: 'Verantwortlichen' } },
        { key: 'territory', label: { en: 'Territory', de: 'Gebiet' } },
        { key: 'none', label: { en: 'Month alone', de: 'Monat allein' } },
      ],
    },
    { name: 'company', label: { en: 'Company', de: 'Firma' }, type: 'lookup', target: 'company' },
  ],
  columns: [
    { name: 'month', label: { en: 'Month', de: 'Monat' }, type: 'text' },
    ...FORECAST_COLUMNS,
    moneyColumn('target', 'Target', 'Ziel'),
    { name: 'attained', label: { en: 'Attained %', de: 'Erreicht %' }, type: 'percent' },
  ],
  defaults: ({ from }, today) => {
    const begins = firstOf(from ?? today);
    return { from: begins, until: endOfMonth(addMonths(begins, 5)), by: 'owner' };
  },
  run: async (reading, input) => {
    const company = await reading.company(input.companyId);
    const months = monthsBetween(input.from, input.until).slice(0, MONTHS_MAX);
    const own = ofCompany(company?.id ?? null, !input.companyId);
    const deals = await countedDeals(reading, input, own);
    const aims = await reading.all<Aim>('sales_target', { filter: own, fields: 'startsOn,endsOn,amount,personId,territoryId' });
    const byMonth = Map.groupBy(deals, (deal) => monthOf(deal, reading.today));
    const words = { currency: company?.currency ?? '', none: reading.language === 'de' ? 'Ohne' : 'Without' };
    const rows = months.flatMap((month) => rowsOf({ month, deals: byMonth.get(month) ?? [], aims, by: input.by }, words));
    return { rows };
  },
});

function countedDeals(reading: Reading, { from, until }: Input, own: RecordValues): Promise<readonly Counted[]> {
  const days = { gte: firstOf(from), lte: endOfMonth(until) };
  const late = { status: 'open', expectedCloseOn: { lt: days.gte } };
  return reading.all<Counted>('opportunity', {
    filter: { and: [own, { or: [{ status: 'open', expectedCloseOn: days }, late, { status: 'won', closedOn: days }] }] },
    fields: 'status,forecastCategory,expectedCloseOn,closedOn,companyAmount,weightedAmount,ownerId,owner.name,territoryId,territory.name',
  });
}

type Month = { readonly month: string; readonly deals: readonly Counted[]; readonly aims: readonly Aim[]; readonly by: Input['by'] };

/** A month as a whole, and in it each of whose or where deals or targets are. */
function rowsOf({ month, deals, aims, by }: Month, words: { readonly currency: string; readonly none: string }): readonly ReportRow[] {
  const figures = (some: readonly Counted[], targets: readonly Aim[]) => {
    const all = forecastOf(some);
    const target = targetIn(targets, month);
    return { ...all, target, attained: percentOf(all.won, target), currency: words.currency };
  };
  const whole = {
    month: month.slice(0, 7),
    ...figures(deals, forAll(aims)),
    ...(by === 'none' ? {} : { row: { kind: 'group' as const } }),
  };
  if (by === 'none') return [whole];
  const [own, whose] = by === 'owner' ? (['ownerId', 'personId'] as const) : (['territoryId', 'territoryId'] as const);
  const groups = [...Map.groupBy(deals, (deal) => deal[own] ?? '')].map(([id, some]) => {
    const name = some[0]?.[by]?.name ?? words.none;
    const targets = aims.filter((aim) => id !== '' && aim[whose] === id);
    return { month: name, ...figures(some, targets), row: { level: 1 } };
  });
  return [whole, ...groups.toSorted((one, other) => one.month.localeCompare(other.month))];
}

/** What all together aim at: targets of everybody and everywhere, else those of people added up. */
function forAll(aims: readonly Aim[]): readonly Aim[] {
  const common = aims.filter(({ personId, territoryId }) => !personId && !territoryId);
  return common.length > 0 ? common : aims.filter(({ personId }) => Boolean(personId));
}
