import { Stack } from '@mantine/core';
import { useMe } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Page } from '#admin-ui/src/ui/page.tsx';
import '#admin-ui/src/styles/home.css';
import { FirstSteps } from './first-steps.tsx';
import { Invoiced } from './invoiced.tsx';
import { Overview } from './overview.tsx';

/** The first page: the first steps as long as there are any, and how the business stands. */
export function HomeScreen() {
  const { t } = useTexts();
  const { user, administrator } = useMe();
  return (
    <Page title={t('home.hello', { name: user.name.split(' ')[0] ?? '' })}>
      <Stack gap="xl" maw={1200}>
        {administrator && <FirstSteps />}
        <Overview />
        <Invoiced />
      </Stack>
    </Page>
  );
}
