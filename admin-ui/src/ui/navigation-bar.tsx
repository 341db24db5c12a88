import { Collapse, NavLink, UnstyledButton } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconChevronDown, IconHome } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useMe, useObjects } from '../api/metadata.ts';
import { useTexts, type TextKey } from '../i18n/index.ts';
import { ApprovalsLink } from './approvals-link.tsx';
import { ObjectIcon } from './icon.tsx';
import { applicationsOf, BACKGROUND, ownScreen } from './navigation.ts';
import { MyDayLink } from './my-day-link.tsx';
import { ReportsLink } from './reports-link.tsx';
import { SETTINGS } from './settings.ts';

/** The left bar: applications with their objects, each of which folds away; the set-up for administrators. */
export function NavigationBar() {
  const { t, say } = useTexts();
  const { administrator } = useMe();
  const objects = useObjects();
  const { pathname } = useLocation();
  // The bar is longer than most windows: where one is must be seen.
  useEffect(() => {
    if (pathname !== '/') document.querySelector('.nav-link[data-active]')?.scrollIntoView({ block: 'nearest' });
  }, [pathname]);
  const isAt = (path: string): boolean => pathname === path || pathname.startsWith(`${path}/`);
  return (
    <>
      <NavLink
        className="nav-link"
        active={pathname === '/'}
        label={t('frame.home')}
        leftSection={<IconHome size={18} stroke={1.7} aria-hidden />}
        renderRoot={(props) => <Link {...props} to="/" />}
      />
      <MyDayLink />
      <ApprovalsLink />
      <ReportsLink />
      {applicationsOf(objects).map((application) => (
        <Foldable key={application.title} title={application.title}>
          {application.objects.map((object) => (
            <NavLink
              key={object.name}
              className="nav-link"
              active={isAt(`/o/${object.name}`) || isAt(ownScreen(object, objects) ?? `/o/${object.name}`)}
              label={say(object.pluralLabel)}
              leftSection={<ObjectIcon name={object.icon} />}
              renderRoot={(props) =>
                ownScreen(object, objects) === null ? (
                  <Link {...props} to="/o/$object" params={{ object: object.name }} search={{}} />
                ) : (
                  <Link {...props} to={ownScreen(object, objects) ?? '/'} />
                )
              }
            />
          ))}
        </Foldable>
      ))}
      {administrator && (
        <Foldable title="app.setup">
          {SETTINGS.map(({ path, link, title, icon: Shape }) => (
            <NavLink
              key={path}
              className="nav-link"
              active={isAt(path)}
              label={t(title)}
              leftSection={<Shape size={18} stroke={1.7} aria-hidden />}
              renderRoot={(props) => <Link {...props} {...link} />}
            />
          ))}
        </Foldable>
      )}
    </>
  );
}

/** A heading that hides and shows what stands below it; the browser remembers. */
function Foldable({ title, children }: { readonly title: TextKey; readonly children: ReactNode }) {
  const { t } = useTexts();
  const [folded, setFolded] = useLocalStorage<readonly string[]>({
    key: 'tessera.folded',
    defaultValue: [BACKGROUND],
    getInitialValueInEffect: false,
  });
  const isOpen = !folded.includes(title);
  return (
    <section aria-label={t(title)}>
      <UnstyledButton
        className="nav-heading"
        aria-expanded={isOpen}
        onClick={() => setFolded(isOpen ? [...folded, title] : folded.filter((one) => one !== title))}
      >
        {t(title)}
        <IconChevronDown size={14} aria-hidden />
      </UnstyledButton>
      <Collapse expanded={isOpen}>{children}</Collapse>
    </section>
  );
}
