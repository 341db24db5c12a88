import type { Account } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import type { Chart, ChartAccount } from '../charts/chart.ts';

/** More accounts than any chart has. */
const ACCOUNTS_MAX = 1_000;

/** Makes the accounts of a chart that are not there yet, by their numbers; those that are stay as they are. Answers the new ones. */
export async function takeChartInto(work: Work, chart: Chart): Promise<readonly Account[]> {
  const known = await work.query<Pick<Account, 'id' | 'code'>>('account', { fields: 'code', limit: ACCOUNTS_MAX });
  const ids = new Map(known.map(({ id, code }) => [code, id]));
  const missing = chart.accounts.filter(([code]) => !ids.has(code));
  for (const [code] of missing) ids.set(code, uuidV7());
  const headings = missing.filter(([, , , , settings]) => settings?.in === undefined);
  const made = await work.createMany<Account>(
    'account',
    headings.map((account) => recordOf(chart, account, ids)),
  );
  const parts = missing.filter(([, , , , settings]) => settings?.in !== undefined);
  return [
    ...made,
    ...(await work.createMany<Account>(
      'account',
      parts.map((account) => recordOf(chart, account, ids)),
    )),
  ];
}

function recordOf({ language }: Chart, [code, type, nameDe, nameEn, settings = {}]: ChartAccount, ids: ReadonlyMap<string, string>) {
  return {
    id: ids.get(code) ?? '',
    code,
    type,
    nameDe,
    nameEn,
    name: language === 'de' ? nameDe : nameEn,
    isPostable: settings.isHeading !== true,
    role: settings.role ?? null,
    vatCategory: settings.vatCategory ?? null,
    vatRate: settings.vatRate ?? null,
    vatReturnCode: settings.vatReturnCode ?? null,
    parentId: settings.in === undefined ? null : (ids.get(settings.in) ?? null),
  };
}
