import { Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMe, useObjects } from '../api/metadata.ts';
import { queryRecords } from '../api/records.ts';
import { formatDecimal } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import { ObjectIcon } from '../ui/icon.tsx';
import { byImportance } from '../ui/navigation.ts';
import { Page } from '../ui/page.tsx';
import { FirstSteps } from './first-steps.tsx';

/** The first page: what there is, and the first steps. */
export function HomeScreen() {
  const { t } = useTexts();
  const { user, administrator } = useMe();
  return (
    <Page title={t('home.hello', { name: user.name.split(' ')[0] ?? '' })}>
      <Stack gap="lg" maw={980}>
        <Counts />
        {administrator && <FirstSteps />}
      </Stack>
    </Page>
  );
}

/** How many records there are of what the caller works with most; each leads to its list. */
function Counts() {
  const { say, language } = useTexts();
  const objects = byImportance(useObjects()).slice(0, 8);
  const counts = useQueries({
    queries: objects.map((object) => ({
      queryKey: ['count', object.name],
      queryFn: ({ signal }: { signal: AbortSignal }) => queryRecords(object, { fields: 'id', limit: 1, count: 'estimated' }, signal),
      staleTime: 15_000,
    })),
  });
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 4 }}>
      {objects.map((object, index) => (
        <Card
          key={object.name}
          withBorder
          padding="md"
          renderRoot={(props) => <Link {...props} to="/o/$object" params={{ object: object.name }} />}
        >
          <Group gap={8} c="dimmed">
            <ObjectIcon name={object.icon} />
            <Text size="sm">{say(object.pluralLabel)}</Text>
          </Group>
          <Text fz={26} fw={650} c="bright">
            {counts[index]?.data?.count === undefined ? '–' : formatDecimal(String(counts[index]?.data?.count ?? 0), language)}
          </Text>
        </Card>
      ))}
    </SimpleGrid>
  );
}
