import { defineCommand } from '#platform/kernel/module.ts';
import { CHARTS } from '../charts/charts.ts';
import { takeChartInto } from '../journal/take-chart.ts';

/** Takes a chart of accounts: what of it is not there yet, by number. Taking it twice is taking it once. */
export const takeChart = defineCommand<Record<string, never>, { chart: string }>({
  object: 'account',
  name: 'takeChart',
  run: async (work, _record, { chart: name }) => {
    const chart = CHARTS.find((one) => one.name === name);
    const made = chart ? await takeChartInto(work, chart) : [];
    return { created: made.map(({ id }) => ({ object: 'account', id })) };
  },
});
