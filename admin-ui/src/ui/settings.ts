import { IconHistory, IconKey, IconServer2, IconTriangleSquareCircle, IconUsers, type Icon } from '@tabler/icons-react';
import type { TextKey } from '../i18n/index.ts';

type SettingsPage = {
  readonly to: '/settings/objects' | '/settings/changes' | '/settings/users' | '/settings/keys' | '/settings/services';
  readonly title: TextKey;
  readonly icon: Icon;
};

/** The pages of the set-up, for administrators. */
export const SETTINGS: readonly SettingsPage[] = [
  { to: '/settings/objects', title: 'settings.objects', icon: IconTriangleSquareCircle },
  { to: '/settings/changes', title: 'settings.changes', icon: IconHistory },
  { to: '/settings/users', title: 'settings.users', icon: IconUsers },
  { to: '/settings/keys', title: 'settings.keys', icon: IconKey },
  { to: '/settings/services', title: 'settings.services', icon: IconServer2 },
];
