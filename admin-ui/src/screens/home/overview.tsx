import { Card, Group, SimpleGrid, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { askFor } from '#admin-ui/src/api/client.ts';
import { recordsPath, useKnownViews, useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { formatMoney } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { ObjectIcon } from '#admin-ui/src/ui/icon.tsx';
import { TILES, type Tile } from './tiles.ts';

/** How the business stands: views of what is open, with their number and amounts. Of what somebody may not see there is none. */
export function Overview() {
  const { t } = useTexts();
  const objects = useObjects();
  const shown = TILES.flatMap((tile) => {
    const object = objects.find(({ name }) => name === tile.object);
    return object ? [{ tile, object }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="overview">
      <Title order={2} id="overview" mb="sm">
        {t('home.overview')}
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, xl: 4 }} spacing="sm">
        {shown.map(({ tile, object }) => (
          <OverviewTile key={`${tile.object} ${tile.view}`} tile={tile} object={object} />
        ))}
      </SimpleGrid>
    </section>
  );
}

type Props = { readonly tile: Tile; readonly object: BusinessObject };

function OverviewTile({ tile, object }: Props) {
  const { say, language } = useTexts();
  const views = useKnownViews(object.name);
  const view = views?.find(({ name }) => name === tile.view);
  const { data, isError } = useSums({ tile, object, filter: view?.filter, isKnown: view !== undefined });
  if (views === null) return <Skeleton height={104} radius="md" />;
  // Somebody has taken the view away, or may not see its amounts.
  if (view === undefined || isError) return null;
  const count = (data ?? []).reduce((sum, group) => sum + Number(group['count']), 0);
  const amounts = tile.amount === undefined ? [] : amountsOf(data ?? [], language);
  const number = count.toLocaleString(language);
  return (
    <Card
      withBorder
      padding="md"
      renderRoot={(props) => <Link {...props} to="/o/$object" params={{ object: object.name }} search={{ view: tile.view }} />}
    >
      <Group gap={8} wrap="nowrap" c="dimmed">
        <ObjectIcon name={object.icon} />
        <Text size="sm" truncate>
          {say(object.pluralLabel)}
        </Text>
      </Group>
      <Text fz={24} fw={650} c={tile.isLate && count > 0 ? 'var(--mantine-color-error)' : 'bright'} className="home-figure" truncate>
        {data === undefined ? '–' : (amounts[0] ?? number)}
      </Text>
      <Text size="sm" c="dimmed" lineClamp={2}>
        {[amounts.length > 0 ? `${say(view.label)}: ${number}` : say(view.label), ...amounts.slice(1)].join(' · ')}
      </Text>
    </Card>
  );
}

/** What the records of a view come to, by currency where they have amounts. */
function useSums({ tile, object, filter, isKnown }: Props & { readonly filter: unknown; readonly isKnown: boolean }) {
  const body = {
    groupBy: tile.amount === undefined ? [] : ['currency'],
    metrics: [{ fn: 'count', as: 'count' }, ...(tile.amount === undefined ? [] : [{ fn: 'sum', field: tile.amount, as: 'sum' }])],
    ...(filter === undefined ? {} : { filter }),
  };
  return useQuery({
    queryKey: ['overview', object.name, JSON.stringify(body)],
    queryFn: async ({ signal }) => {
      const path = `${recordsPath(object)}/aggregate`;
      return (await askFor<{ items: readonly RecordValues[] }>(path, { method: 'POST', body, signal })).items;
    },
    enabled: isKnown,
    staleTime: 15_000,
  });
}

/** Sums as people read them, that of most records first. */
function amountsOf(groups: readonly RecordValues[], language: Parameters<typeof formatMoney>[2]): readonly string[] {
  const known = groups.filter(({ sum }) => sum !== null && sum !== undefined);
  return known
    .toSorted((left, right) => Number(right['count']) - Number(left['count']))
    .map(({ sum, currency }) => formatMoney(textOf(sum), textOf(currency), language));
}
