import type { Account } from '#metadata/records.gen.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import { on } from '#platform/kernel/module.ts';
import { chartOf } from '../charts/charts.ts';
import { makeStandardRules } from '../journal/standard.ts';
import { takeChartInto } from '../journal/take-chart.ts';

/** An installation has posting rules and the chart of its first company's country from the beginning; accounts of another chart can be taken besides. */
export const takeFirstChart = on('platform', 'CompanyCreated', 'takeFirstChart', async (work, event) => {
  const [known] = await work.query<Account>('account', { fields: 'code', limit: 1 });
  const { record } = event.data;
  if (!isRecord(record)) return;
  const chart = chartOf(plainText(record['country'] ?? ''));
  if (!known) await takeChartInto(work, chart);
  await makeStandardRules(work, chart.language);
});
