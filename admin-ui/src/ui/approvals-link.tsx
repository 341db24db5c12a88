import { NavLink } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { waitingCountQuery } from '../api/approvals.ts';
import { useMe, useObject, type BusinessObject } from '../api/metadata.ts';
import { useTexts } from '../i18n/index.ts';

/** The way to the inbox of approvals, with how much waits there; for those who may know of approvals. */
export function ApprovalsLink() {
  const requests = useObject('approval_request');
  return requests ? <Counted requests={requests} /> : null;
}

function Counted({ requests }: { readonly requests: BusinessObject }) {
  const { t } = useTexts();
  const { user } = useMe();
  const { pathname } = useLocation();
  const { data: count = 0 } = useQuery(waitingCountQuery(requests, user.id ?? ''));
  return (
    <NavLink
      className="nav-link"
      active={pathname === '/approvals'}
      label={t('frame.approvals')}
      leftSection={<IconChecklist size={18} stroke={1.7} aria-hidden />}
      {...(count > 0 ? { rightSection: <span className="nav-count">{count}</span> } : {})}
      renderRoot={(props) => <Link {...props} to="/approvals" />}
    />
  );
}
