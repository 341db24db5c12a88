import {
  IconBuildingSkyscraper,
  IconFileCode,
  IconFileText,
  IconHistory,
  IconKey,
  IconListDetails,
  IconMailExclamation,
  IconServer2,
  IconShield,
  IconTriangleSquareCircle,
  IconUsers,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';
import type { TextKey } from '../i18n/index.ts';

type SettingsPage = { readonly path: string; readonly link: LinkProps; readonly title: TextKey; readonly icon: Icon };

/** The pages of the set-up, for administrators. What is a record like any other has the pages of records. */
export const SETTINGS: readonly SettingsPage[] = [
  { path: '/settings/objects', link: { to: '/settings/objects' }, title: 'settings.objects', icon: IconTriangleSquareCircle },
  { path: '/settings/option-lists', link: { to: '/settings/option-lists' }, title: 'settings.optionLists', icon: IconListDetails },
  { path: '/settings/documents', link: { to: '/settings/documents' }, title: 'settings.documents', icon: IconFileText },
  { path: '/settings/changes', link: { to: '/settings/changes' }, title: 'settings.changes', icon: IconHistory },
  { path: '/settings/files', link: { to: '/settings/files' }, title: 'settings.files', icon: IconFileCode },
  { path: '/settings/users', link: { to: '/settings/users' }, title: 'settings.users', icon: IconUsers },
  { path: '/o/role', link: { to: '/o/$object', params: { object: 'role' } }, title: 'settings.roles', icon: IconShield },
  { path: '/o/team', link: { to: '/o/$object', params: { object: 'team' } }, title: 'settings.teams', icon: IconUsersGroup },
  {
    path: '/o/company',
    link: { to: '/o/$object', params: { object: 'company' } },
    title: 'settings.companies',
    icon: IconBuildingSkyscraper,
  },
  { path: '/settings/keys', link: { to: '/settings/keys' }, title: 'settings.keys', icon: IconKey },
  { path: '/settings/services', link: { to: '/settings/services' }, title: 'settings.services', icon: IconServer2 },
  { path: '/settings/dead-letters', link: { to: '/settings/dead-letters' }, title: 'settings.deadLetters', icon: IconMailExclamation },
];
