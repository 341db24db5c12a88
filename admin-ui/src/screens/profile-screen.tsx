import { Button, Group, PasswordInput, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { useMe } from '../api/metadata.ts';
import { problemsByPath } from '../api/problem.ts';
import { chooseLanguage, isLanguage, LANGUAGES, useTexts } from '../i18n/index.ts';
import { Failure } from '../ui/failure.tsx';
import { notifyDone, notifyFailure } from '../ui/notify.tsx';
import { Page } from '../ui/page.tsx';
import { ProfileMessages } from './profile-messages.tsx';

/** One's own settings: language, time zone, messages, password. */
export function ProfileScreen() {
  const { t } = useTexts();
  return (
    <Page title={t('settings.profile')} icon={<IconUser size={24} stroke={1.7} aria-hidden />}>
      <Stack maw={720}>
        <Person />
        <ProfileMessages />
        <Password />
      </Stack>
    </Page>
  );
}

function Person() {
  const { t, language } = useTexts();
  const { user } = useMe();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (body: { readonly language?: string; readonly timeZone?: string }) => ask('/api/platform/me', { method: 'PATCH', body }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['me'] });
      notifyDone(t('profile.saved'));
    },
    onError: notifyFailure,
  });
  return (
    <section className="card section" aria-label={t('profile.person')}>
      <Title order={2}>{t('profile.person')}</Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('users.name')} value={user.name} readOnly />
        <TextInput label={t('login.email')} value={user.email ?? ''} readOnly />
        <Select
          label={t('frame.language')}
          allowDeselect={false}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          value={language}
          onChange={(chosen) => {
            if (!isLanguage(chosen)) return;
            void chooseLanguage(chosen);
            save.mutate({ language: chosen });
          }}
        />
        <Select
          label={t('profile.timeZone')}
          searchable
          allowDeselect={false}
          limit={100}
          data={['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]}
          value={user.timeZone ?? 'UTC'}
          onChange={(timeZone) => {
            if (timeZone !== null) save.mutate({ timeZone });
          }}
        />
      </SimpleGrid>
      <Text size="sm" className="dim" mt="sm">
        {t('profile.roles', { roles: user.roles.join(', ') })}
      </Text>
    </section>
  );
}

function Password() {
  const { t } = useTexts();
  const [currentPassword, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const save = useMutation({
    mutationFn: () => ask('/api/platform/me', { method: 'PATCH', body: { currentPassword, password } }),
    // All sessions have ended with the old password, this one too.
    onSuccess: () => location.assign('/login'),
  });
  const problems = problemsByPath(save.error);
  return (
    <section className="card section" aria-label={t('login.password')}>
      <Title order={2}>{t('login.password')}</Title>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="sm">
          {save.isError && Object.keys(problems).length === 0 && <Failure error={save.error} />}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <PasswordInput
              label={t('profile.currentPassword')}
              required
              autoComplete="current-password"
              value={currentPassword}
              error={problems['currentPassword']}
              onChange={(event) => setCurrent(event.currentTarget.value)}
              visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword') }}
            />
            <PasswordInput
              label={t('profile.newPassword')}
              description={t('setUp.passwordHelp')}
              required
              autoComplete="new-password"
              value={password}
              error={problems['password']}
              onChange={(event) => setPassword(event.currentTarget.value)}
              visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword') }}
            />
          </SimpleGrid>
          <Text size="sm" className="dim">
            {t('profile.signsOut')}
          </Text>
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={password === '' || currentPassword === ''}>
              {t('profile.change')}
            </Button>
          </Group>
        </Stack>
      </form>
    </section>
  );
}
