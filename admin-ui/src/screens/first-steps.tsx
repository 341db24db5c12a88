import { Anchor, Card, Code, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import {
  IconApi,
  IconCheck,
  IconChevronRight,
  IconFileDollar,
  IconFileImport,
  IconSquarePlus,
  IconUserPlus,
  type Icon,
} from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useObjects } from '../api/metadata.ts';
import { queryRecords } from '../api/records.ts';
import { useTexts, type TextKey } from '../i18n/index.ts';

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

/** What a new installation is tried with; what has been done is ticked. */
export function FirstSteps() {
  const { t } = useTexts();
  const isDone = useDone();
  return (
    <section aria-labelledby="first-steps">
      <Title order={2} id="first-steps" mb="sm">
        {t('home.steps')}
      </Title>
      <Stack gap={8}>
        {STEPS.map(({ name, title, text, icon: Shape, link }) => (
          <Card key={title} withBorder padding="sm" renderRoot={(props) => <Link {...props} {...link} />}>
            <Group wrap="nowrap">
              <ThemeIcon variant="light" size={38} radius="md" {...(isDone(name) ? { color: 'green' } : {})} aria-hidden>
                {isDone(name) ? <IconCheck size={20} stroke={2} /> : <Shape size={20} stroke={1.7} />}
              </ThemeIcon>
              <div className="grow">
                <Text fw={600} c="bright">
                  {t(title)}
                  {isDone(name) && <span className="sr-only">{` (${t('home.step.done')})`}</span>}
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

/** What a step leaves behind: the records of which there are then more than there were. */
const LEFT: {
  readonly [step in Exclude<Step['name'], 'field'>]: { readonly module: string; readonly collection: string; readonly before: number };
} = {
  import: { module: 'customers', collection: 'customers', before: 0 },
  offer: { module: 'offers', collection: 'offers', before: 0 },
  user: { module: 'platform', collection: 'users', before: 1 },
  api: { module: 'platform', collection: 'api-keys', before: 0 },
};

function useDone(): (step: Step['name']) => boolean {
  const hasField = useObjects().some((object) => object.fields.some((field) => field.custom === true));
  const steps = Object.entries(LEFT);
  const found = useQueries({
    queries: steps.map(([name, { before, ...at }]) => ({
      queryKey: ['first-step', name],
      queryFn: ({ signal }: { signal: AbortSignal }) => queryRecords(at, { fields: 'id', limit: before + 1 }, signal),
      staleTime: 15_000,
    })),
  });
  const done = new Set(steps.flatMap(([name, { before }], at) => ((found[at]?.data?.items.length ?? 0) > before ? [name] : [])));
  return (step) => (step === 'field' ? hasField : done.has(step));
}
