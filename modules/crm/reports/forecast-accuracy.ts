import { addDays, addMonths, endOfMonth } from '#platform/kernel/dates.ts';
import { exact, sumOf, toScale } from '#platform/kernel/decimal.ts';
import { defineReport } from '#platform/kernel/report.ts';
import { firstOf, forecastOf, monthsBetween, percentOf, type Deal } from '../rules/forecast.ts';
import { ofCompany } from '../rules/of-company.ts';
import { moneyColumn } from './forecast-columns.ts';

type Snapshot = { readonly takenOn: string; readonly month: string; readonly forecast: string; readonly commit: string };
type Input = { companyId?: string; from: string; until: string };

const MONTHS_MAX = 36;

/** What is said in the first week of a month counts as the forecast of it. */
const DAYS_TO_SAY = 6;

/** What was forecast when a month began, and what came of it. */
export const forecastAccuracy = defineReport<Input>({
  name: 'forecast-accuracy',
  label: { en: 'Forecast accuracy', de: 'Prognosegüte' },
  help: {
    en: 'What was forecast when a month began, and what was won in it.',
    de: 'Was zu Beginn eines Monats erwartet wurde, und was in ihm gewonnen wurde.',
  },
  reads: ['opportunity', 'forecast_snapshot'],
  input: [
    { name: 'from', label: { en: 'From', de: 'Von' }, type: 'date' },
    { name: 'until', label: { en: 'Until', de: 'Bis' }, type: 'date' },
    { name: 'company', label: { en: 'Company', de: 'Firma' }, type: 'lookup', target: 'company' },
  ],
  columns: [
    { name: 'month', label: { en: 'Month', de: 'Monat' }, type: 'text' },
    { name: 'takenOn', label: { en: 'Forecast of', de: 'Prognose vom' }, type: 'date' },
    moneyColumn('commit', 'Commit', 'Zugesagt'),
    moneyColumn('forecast', 'Forecast', 'Prognose'),
    moneyColumn('won', 'Won', 'Gewonnen'),
    moneyColumn('difference', 'Difference', 'Abweichung'),
    { name: 'attained', label: { en: 'Of the forecast %', de: 'Von der Prognose %' }, type: 'percent' },
  ],
  defaults: ({ until }, today) => {
    const last = endOfMonth(until ?? today);
    return { until: last, from: addMonths(firstOf(last), -5) };
  },
  run: async (reading, { companyId, from, until }) => {
    const company = await reading.company(companyId);
    const own = ofCompany(company?.id ?? null, !companyId);
    const days = { gte: firstOf(from), lte: endOfMonth(until) };
    const deals = await reading.all<Deal>('opportunity', {
      filter: { and: [own, { status: 'won', closedOn: days }] },
      fields: 'status,closedOn,companyAmount',
    });
    const snapshots = await reading.all<Snapshot>('forecast_snapshot', {
      filter: { and: [own, { month: days }] },
      fields: 'takenOn,month,forecast,commit',
    });
    const rows = monthsBetween(from, until)
      .slice(0, MONTHS_MAX)
      .map((month) => {
        const { won } = forecastOf(deals.filter(({ closedOn }) => closedOn && firstOf(closedOn) === month));
        const said = saidOf(snapshots, month);
        const difference = said ? toScale(exact(won).minus(said.forecast), 2) : null;
        const attained = percentOf(won, said?.forecast ?? null);
        return { month: month.slice(0, 7), ...said, won, difference, attained, currency: company?.currency ?? '' };
      });
    return { rows };
  },
});

/** The newest that was said of a month until its first week was over. */
function saidOf(snapshots: readonly Snapshot[], month: string) {
  const until = addDays(month, DAYS_TO_SAY);
  const early = snapshots.filter((one) => one.month === month && one.takenOn <= until);
  const takenOn = early
    .map((one) => one.takenOn)
    .toSorted()
    .at(-1);
  if (takenOn === undefined) return null;
  const last = early.filter((one) => one.takenOn === takenOn);
  const sum = (name: 'forecast' | 'commit'): string => toScale(sumOf(last.map((one) => one[name])), 2);
  return { takenOn, forecast: sum('forecast'), commit: sum('commit') };
}
