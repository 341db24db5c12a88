import { Anchor, Card, Code, Group, SimpleGrid, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconApi, IconChevronRight, IconFileDollar, IconSquarePlus, IconUserPlus, IconUsers, type Icon } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useMe, useObjects } from '../api/metadata.ts';
import { queryRecords } from '../api/records.ts';
import { formatDecimal } from '../i18n/format.ts';
import { useTexts, type TextKey } from '../i18n/index.ts';
import { ObjectIcon } from '../ui/icon.tsx';
import { byImportance } from '../ui/navigation.ts';
import { Page } from '../ui/page.tsx';

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

type Step = { readonly title: TextKey; readonly text: TextKey; readonly icon: Icon; readonly link: LinkProps };

const STEPS: readonly Step[] = [
  {
    title: 'home.step.field',
    text: 'home.step.fieldText',
    icon: IconSquarePlus,
    link: { to: '/settings/objects/$object', params: { object: 'offer' }, search: { tab: 'fields' } },
  },
  {
    title: 'home.step.customer',
    text: 'home.step.customerText',
    icon: IconUsers,
    link: { to: '/o/$object/new', params: { object: 'customer' } },
  },
  {
    title: 'home.step.offer',
    text: 'home.step.offerText',
    icon: IconFileDollar,
    link: { to: '/o/$object/new', params: { object: 'offer' } },
  },
  { title: 'home.step.user', text: 'home.step.userText', icon: IconUserPlus, link: { to: '/settings/users' } },
  { title: 'home.step.api', text: 'home.step.apiText', icon: IconApi, link: { to: '/settings/keys' } },
];

function FirstSteps() {
  const { t } = useTexts();
  return (
    <section aria-labelledby="first-steps">
      <Title order={2} id="first-steps" mb="sm">
        {t('home.steps')}
      </Title>
      <Stack gap={8}>
        {STEPS.map(({ title, text, icon: Shape, link }) => (
          <Card key={title} withBorder padding="sm" renderRoot={(props) => <Link {...props} {...link} />}>
            <Group wrap="nowrap">
              <ThemeIcon variant="light" size={38} radius="md" aria-hidden>
                <Shape size={20} stroke={1.7} />
              </ThemeIcon>
              <div className="grow">
                <Text fw={600} c="bright">
                  {t(title)}
                </Text>
                <Text size="sm" c="dimmed">
                  {t(text)}
                </Text>
              </div>
              <IconChevronRight size={18} aria-hidden className="dim" />
            </Group>
          </Card>
        ))}
      </Stack>
      <Text size="sm" c="dimmed" mt="md">
        {t('home.curl')}{' '}
        <Anchor href="/api/docs" target="_blank" underline="always" inherit>
          {t('frame.apiDocs')}
        </Anchor>
      </Text>
      <Code block tabIndex={0} mt={6}>{`curl ${location.origin}/api/offers/offers -H "Authorization: Bearer $KEY"`}</Code>
    </section>
  );
}
