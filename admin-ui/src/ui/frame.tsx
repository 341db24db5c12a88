import { ActionIcon, AppShell, Burger, Button, Group, Kbd, ScrollArea } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTexts } from '../i18n/index.ts';
import { NavigationBar } from './navigation-bar.tsx';
import { QuickCreate } from './quick-create.tsx';
import { UserMenu } from './user-menu.tsx';
import { WorkDateNotice } from './work-date.tsx';

const Mentions = lazy(async () => ({ default: (await import('./mentions.tsx')).Mentions }));
const Bell = lazy(async () => ({ default: (await import('./bell.tsx')).Bell }));
const WorkDateDialog = lazy(async () => ({ default: (await import('./work-date-dialog.tsx')).WorkDateDialog }));
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));

/** What stands around every page: applications at the left, search, quick create and the person above. */
export function Frame() {
  const { t } = useTexts();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const [searches, setSearches] = useState(0);
  const [isChoosingDay, setChoosingDay] = useState(false);
  const search = (): void => setSearches((count) => count + 1);
  useHotkeys([['mod+K', search]], []);
  useEffect(close, [pathname, close]);
  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isOpen } }} padding="md">
      <a className="skip" href="#content">
        {t('frame.skip')}
      </a>
      <AppShell.Header className="navbar">
        <Group h="100%" px="md" gap="md" wrap="nowrap">
          <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('frame.menu')} />
          <Link to="/" className="brand" aria-label="Tessera">
            <img src="/icon.svg" alt="" />
            <span className="brand-name">Tessera</span>
          </Link>
          <span className="grow" />
          <Button
            variant="default"
            c="dimmed"
            fw={400}
            w={{ base: 'auto', md: 320 }}
            styles={{ label: { flex: 1 } }}
            leftSection={<IconSearch size={16} aria-hidden />}
            rightSection={<Kbd size="xs">Ctrl K</Kbd>}
            onClick={search}
            visibleFrom="xs"
          >
            {t('frame.search')}
          </Button>
          <ActionIcon variant="default" size="lg" hiddenFrom="xs" aria-label={t('frame.search')} onClick={search}>
            <IconSearch size={16} />
          </ActionIcon>
          <QuickCreate />
          <Suspense fallback={<span className="mentions-place" />}>
            <Mentions />
            <Bell />
          </Suspense>
          <WorkDateNotice />
          <UserMenu onWorkDate={() => setChoosingDay(true)} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className="navbar" p="xs" aria-label={t('frame.navigation')}>
        <ScrollArea>
          <NavigationBar />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
      {isChoosingDay && (
        <Suspense>
          <WorkDateDialog onClose={() => setChoosingDay(false)} />
        </Suspense>
      )}
      {searches > 0 && (
        <Suspense>
          <Palette searches={searches} />
        </Suspense>
      )}
    </AppShell>
  );
}
