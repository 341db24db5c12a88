import { Card, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { todayOf } from '#platform/kernel/relative-date.ts';
import { askFor } from '#admin-ui/src/api/client.ts';
import { recordsPath, useMe, useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { workDate } from '#admin-ui/src/api/work-date.ts';
import { formatMoney } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { byMonth, type Day, type Month } from './months.ts';

/** What has been invoiced, in any state but these. */
const NOT_INVOICED = ['draft', 'cancelled'];

/** What was invoiced in each of the last twelve months, in the company's currency; a month leads to its invoices. */
export function Invoiced() {
  const { currency } = useMe();
  const invoice = useObjects().find(({ name }) => name === 'invoice');
  return invoice && currency !== null ? <InvoicedMonths object={invoice} currency={currency} /> : null;
}

type Props = { readonly object: BusinessObject; readonly currency: string };

function InvoicedMonths({ object, currency }: Props) {
  const { t, language } = useTexts();
  const { user } = useMe();
  const today = todayOf({ timeZone: user.timeZone ?? 'UTC', workDate: workDate() ?? undefined });
  const query = useDays({ object, currency });
  const months = byMonth(query.data ?? [], today);
  const most = Math.max(1, ...months.map(({ sum }) => Number(sum)));
  if (query.data?.length === 0 || query.isError) return null;
  return (
    <section aria-labelledby="invoiced">
      <Title order={2} id="invoiced" mb={2}>
        {t('home.invoiced')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('home.invoicedText', { currency })}
      </Text>
      <Card withBorder padding="md">
        <ol className="home-months" aria-busy={query.isPending}>
          {months.map((month) => (
            <li key={month.month}>
              <Link
                to="/o/$object"
                params={{ object: object.name }}
                search={{ filter: invoicedIn(month, currency) }}
                title={wordsOf(month)}
              >
                <span className="sr-only">{wordsOf(month)}</span>
                <span className="home-bar" aria-hidden style={{ height: `${(100 * Math.max(0, Number(month.sum))) / most}%` }} />
                <span className="home-month" aria-hidden>
                  {new Date(month.from).toLocaleDateString(language, { month: 'short', timeZone: 'UTC' })}
                </span>
              </Link>
            </li>
          ))}
        </ol>
      </Card>
    </section>
  );

  function wordsOf({ from, sum }: Month): string {
    const month = new Date(from).toLocaleDateString(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
    return `${month}: ${formatMoney(sum, currency, language)}`;
  }
}

function invoicedIn({ from, until }: Month, currency: string) {
  return { date: { gte: from, lte: until }, currency: { eq: currency }, status: { nin: NOT_INVOICED } };
}

function useDays({ object, currency }: Props) {
  const body = {
    groupBy: ['date'],
    metrics: [{ fn: 'sum', field: 'netTotal', as: 'sum' }],
    filter: { date: { gte: 'monthStart-11m' }, currency: { eq: currency }, status: { nin: NOT_INVOICED } },
  };
  return useQuery({
    queryKey: ['overview', object.name, 'invoiced', currency],
    queryFn: async ({ signal }) => {
      const path = `${recordsPath(object)}/aggregate`;
      return (await askFor<{ items: readonly Day[] }>(path, { method: 'POST', body, signal })).items;
    },
    staleTime: 60_000,
  });
}
