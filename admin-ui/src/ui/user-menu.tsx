import { Avatar, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconBook, IconCalendarTime, IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { mayChooseWorkDate } from '#platform/kernel/work-date-roles.ts';
import { ask } from '../api/client.ts';
import { useMe } from '../api/metadata.ts';
import { chooseLanguage, LANGUAGES, useTexts, type Language } from '../i18n/index.ts';
import { forgetDraftsOf } from '../layout/drafts.ts';
import { notifyFailure } from './notify.tsx';
import { forgetRecent } from './recent.ts';

const SCHEMES = [
  ['light', IconSun],
  ['dark', IconMoon],
  ['auto', IconDeviceDesktop],
] as const;

/** The person: working date, language, light and dark, the API's documentation, signing out. */
export function UserMenu({ onWorkDate }: { readonly onWorkDate: () => void }) {
  const { t, language } = useTexts();
  const { user, company } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const client = useQueryClient();
  const navigate = useNavigate();
  const choose = async (chosen: Language): Promise<void> => {
    await chooseLanguage(chosen);
    await ask('/api/platform/me', { method: 'PATCH', body: { language: chosen } }).catch(notifyFailure);
  };
  const signOut = async (): Promise<void> => {
    await ask('/api/platform/session', { method: 'DELETE' }).catch(notifyFailure);
    forgetDraftsOf(user.id ?? '');
    forgetRecent(user.id ?? '');
    client.clear();
    await navigate({ to: '/login' });
  };
  return (
    <Menu position="bottom-end" width={240} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton>
          <Avatar name={user.name} color="tessera" variant="filled" size={32} radius="xl" aria-hidden />
          <span className="sr-only">{t('frame.user', { name: user.name })}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="bright">
            {user.name}
          </Text>
          {company?.name}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item
          closeMenuOnClick
          leftSection={<IconUser size={15} aria-hidden />}
          renderRoot={(props) => <Link {...props} to="/profile" />}
        >
          {t('settings.profile')}
        </Menu.Item>
        {mayChooseWorkDate(user.roles) && (
          <Menu.Item closeMenuOnClick leftSection={<IconCalendarTime size={15} aria-hidden />} onClick={onWorkDate}>
            {t('workDate.title')}
          </Menu.Item>
        )}
        <Menu.Label>{t('frame.language')}</Menu.Label>
        {(['en', 'de'] as const).map((one) => (
          <Menu.Item key={one} lang={one} onClick={() => void choose(one)} rightSection={one === language ? <IconCheck size={14} /> : null}>
            {LANGUAGES[one]}
          </Menu.Item>
        ))}
        <Menu.Label>{t('frame.appearance')}</Menu.Label>
        {SCHEMES.map(([scheme, Shape]) => (
          <Menu.Item
            key={scheme}
            leftSection={<Shape size={15} aria-hidden />}
            onClick={() => setColorScheme(scheme)}
            rightSection={scheme === colorScheme ? <IconCheck size={14} /> : null}
          >
            {t(`frame.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component="a" href="/api/docs" target="_blank" leftSection={<IconBook size={15} aria-hidden />}>
          {t('frame.apiDocs')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} aria-hidden />} onClick={() => void signOut()}>
          {t('frame.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
