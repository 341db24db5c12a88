import { NavLink } from '@mantine/core';
import { IconReportAnalytics } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useReports } from '../api/reports.ts';
import { useTexts } from '../i18n/index.ts';

/** The way to the reports, for those who may have one. */
export function ReportsLink() {
  const { t } = useTexts();
  const reports = useReports();
  const { pathname } = useLocation();
  if (reports === null || reports.length === 0) return null;
  return (
    <NavLink
      className="nav-link"
      active={pathname === '/reports' || pathname.startsWith('/reports/')}
      label={t('frame.reports')}
      leftSection={<IconReportAnalytics size={18} stroke={1.7} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/reports" />}
    />
  );
}
