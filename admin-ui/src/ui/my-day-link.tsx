import { NavLink } from '@mantine/core';
import { IconSun } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useObject } from '../api/metadata.ts';
import { useTexts } from '../i18n/index.ts';

/** The way to what is to be done today, for those who have tasks. */
export function MyDayLink() {
  const { t } = useTexts();
  const { pathname } = useLocation();
  if (!useObject('task')) return null;
  return (
    <NavLink
      className="nav-link"
      active={pathname === '/my-day'}
      label={t('frame.myDay')}
      leftSection={<IconSun size={18} stroke={1.7} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/my-day" />}
    />
  );
}
