import { ActionIcon, AppShell, Burger, Button, Group, Kbd, NavLink, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { IconAdjustments, IconHome, IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useMe, useObjects } from '../api/metadata.ts';
import { useTexts } from '../i18n/index.ts';
import { ObjectIcon } from './icon.tsx';
import { applicationsOf } from './navigation.ts';
import { Palette } from './palette.tsx';
import { QuickCreate } from './quick-create.tsx';
import { SETTINGS } from './settings.ts';
import { UserMenu } from './user-menu.tsx';

/** What stands around every page: applications at the left, search, quick create and the person above. */
export function Frame() {
  const { t } = useTexts();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);
  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isOpen } }} padding="md">
      <a className="skip" href="#content">
        {t('frame.skip')}
      </a>
      <AppShell.Header className="navbar">
        <Group h="100%" px="md" gap="md" wrap="nowrap">
          <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('frame.menu')} />
          <Link to="/" className="brand">
            <img src="/icon.svg" alt="" />
            Tessera
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
            onClick={spotlight.open}
            visibleFrom="xs"
          >
            {t('frame.search')}
          </Button>
          <ActionIcon variant="default" size="lg" hiddenFrom="xs" aria-label={t('frame.search')} onClick={spotlight.open}>
            <IconSearch size={16} />
          </ActionIcon>
          <QuickCreate />
          <UserMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className="navbar" p="xs" aria-label={t('frame.navigation')}>
        <ScrollArea>
          <Navigation />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
      <Palette />
    </AppShell>
  );
}

function Navigation() {
  const { t, say } = useTexts();
  const { administrator } = useMe();
  const { pathname } = useLocation();
  const applications = applicationsOf(useObjects());
  return (
    <>
      <NavLink
        className="nav-link"
        active={pathname === '/'}
        label={t('frame.home')}
        leftSection={<IconHome size={18} stroke={1.7} aria-hidden />}
        renderRoot={(props) => <Link {...props} to="/" />}
      />
      {applications.map((application) => (
        <div key={application.title}>
          <Heading>{t(application.title)}</Heading>
          {application.objects.map((object) => (
            <NavLink
              key={object.name}
              className="nav-link"
              active={pathname === `/o/${object.name}` || pathname.startsWith(`/o/${object.name}/`)}
              label={say(object.pluralLabel)}
              leftSection={<ObjectIcon name={object.icon} />}
              renderRoot={(props) => <Link {...props} to="/o/$object" params={{ object: object.name }} />}
            />
          ))}
        </div>
      ))}
      {administrator && (
        <>
          <Heading>
            <IconAdjustments size={13} aria-hidden /> {t('app.setup')}
          </Heading>
          {SETTINGS.map(({ to, title, icon: Shape }) => (
            <NavLink
              key={to}
              className="nav-link"
              active={pathname.startsWith(to)}
              label={t(title)}
              leftSection={<Shape size={18} stroke={1.7} aria-hidden />}
              renderRoot={(props) => <Link {...props} to={to} />}
            />
          ))}
        </>
      )}
    </>
  );
}

function Heading({ children }: { readonly children: ReactNode }) {
  return (
    <Text size="xs" fw={700} className="dim" px={10} pt={14} pb={4} component="h2" m={0}>
      {children}
    </Text>
  );
}
