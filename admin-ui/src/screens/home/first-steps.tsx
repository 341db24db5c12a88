import { Anchor, Button, Card, Code, Group, SimpleGrid, Text, ThemeIcon, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconApi, IconCheck, IconFileDollar, IconFileImport, IconSquarePlus, IconUserPlus, type Icon } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useObjects } from '#admin-ui/src/api/metadata.ts';
import { queryRecords } from '#admin-ui/src/api/records.ts';
import { useTexts, type TextKey } from '#admin-ui/src/i18n/index.ts';

type Step = {
  readonly name: 'field' | 'import' | 'offer' | 'user' | 'api';
  readonly title: TextKey;
  readonly text: TextKey;
  readonly icon: Icon;
  readonly link: LinkProps;
};

const STEPS: readonly Step[] = [
  {
    name: 'field',
    title: 'home.step.field',
    text: 'home.step.fieldText',
    icon: IconSquarePlus,
    link: { to: '/settings/objects/$object', params: { object: 'offer' }, search: { tab: 'fields' } },
  },
  {
    name: 'import',
    title: 'home.step.import',
    text: 'home.step.importText',
    icon: IconFileImport,
    link: { to: '/o/$object/import', params: { object: 'customer' } },
  },
  {
    name: 'offer',
    title: 'home.step.offer',
    text: 'home.step.offerText',
    icon: IconFileDollar,
    link: { to: '/o/$object/new', params: { object: 'offer' } },
  },
  { name: 'user', title: 'home.step.user', text: 'home.step.userText', icon: IconUserPlus, link: { to: '/settings/users' } },
  { name: 'api', title: 'home.step.api', text: 'home.step.apiText', icon: IconApi, link: { to: '/settings/keys' } },
];

/** What a new installation is tried with; what has been done is ticked. When all is, or somebody has seen enough of it, it goes. */
export function FirstSteps() {
  const { t } = useTexts();
  const isDone = useDone();
  const [isHidden, setHidden] = useLocalStorage({ key: 'tessera.first-steps.hidden', defaultValue: false, getInitialValueInEffect: false });
  if (isHidden || isDone === null || STEPS.every(({ name }) => isDone(name))) return null;
  return (
    <section aria-labelledby="first-steps">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="first-steps">
          {t('home.steps')}
        </Title>
        <Button variant="subtle" size="compact-sm" onClick={() => setHidden(true)}>
          {t('home.steps.hide')}
        </Button>
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 5 }} spacing="sm">
        {STEPS.map(({ name, title, text, icon: Shape, link }) => (
          <Card key={title} withBorder padding="sm" renderRoot={(props) => <Link {...props} {...link} />}>
            <Group gap={8} wrap="nowrap" mb={4}>
              <ThemeIcon variant="light" size={28} radius="md" {...(isDone(name) ? { color: 'green' } : {})} aria-hidden>
                {isDone(name) ? <IconCheck size={16} stroke={2} /> : <Shape size={16} stroke={1.7} />}
              </ThemeIcon>
              <Text fw={600} c="bright" lh={1.25}>
                {t(title)}
                {isDone(name) && <span className="sr-only">{` (${t('home.step.done')})`}</span>}
              </Text>
            </Group>
            <Text size="sm" c="dimmed">
              {t(text)}
            </Text>
          </Card>
        ))}
      </SimpleGrid>
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

/** What a step leaves behind: the records of which there are then more than there were. */
const LEFT: {
  readonly [step in Exclude<Step['name'], 'field'>]: { readonly module: string; readonly collection: string; readonly before: number };
} = {
  import: { module: 'customers', collection: 'customers', before: 0 },
  offer: { module: 'offers', collection: 'offers', before: 0 },
  user: { module: 'platform', collection: 'users', before: 1 },
  api: { module: 'platform', collection: 'api-keys', before: 0 },
};

/** Whether a step has been done; null while that is not known. */
function useDone(): ((step: Step['name']) => boolean) | null {
  const hasField = useObjects().some((object) => object.fields.some((field) => field.custom === true));
  const steps = Object.entries(LEFT);
  const found = useQueries({
    queries: steps.map(([name, { before, ...at }]) => ({
      queryKey: ['first-step', name],
      queryFn: ({ signal }: { signal: AbortSignal }) => queryRecords(at, { fields: 'id', limit: before + 1 }, signal),
      staleTime: 15_000,
    })),
  });
  if (found.some((query) => query.isPending)) return null;
  const done = new Set(steps.flatMap(([name, { before }], at) => ((found[at]?.data?.items.length ?? 0) > before ? [name] : [])));
  return (step) => (step === 'field' ? hasField : done.has(step));
}
