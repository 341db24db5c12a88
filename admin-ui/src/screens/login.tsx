import { Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { useTexts } from '../i18n/index.ts';
import { Entry } from '../ui/entry.tsx';
import { Failure } from '../ui/failure.tsx';

/** Signing in, and back to where one was. */
export function LoginScreen() {
  const { t } = useTexts();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { to } = useSearch({ from: '/login' });
  const navigate = useNavigate();
  const router = useRouter();
  const client = useQueryClient();
  useDocumentTitle(`${t('login.title')} · Tessera`);
  const signIn = useMutation({
    mutationFn: () => ask('/api/platform/session', { method: 'POST', body: { email, password } }),
    onSuccess: async () => {
      client.clear();
      if (to === undefined) await navigate({ to: '/' });
      else if (to.startsWith('/api/')) location.assign(to);
      else router.history.push(to);
    },
  });
  return (
    <Entry>
      <Paper
        withBorder
        p="xl"
        radius="lg"
        component="form"
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <Stack>
          <div>
            <Title order={1}>{t('login.title')}</Title>
            <Text c="dimmed" size="sm">
              {t('login.intro')}
            </Text>
          </div>
          {signIn.isError && <Failure error={signIn.error} />}
          <TextInput
            label={t('login.email')}
            type="email"
            name="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('login.password')}
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword') }}
          />
          <Button type="submit" loading={signIn.isPending} size="md">
            {t('login.submit')}
          </Button>
        </Stack>
      </Paper>
    </Entry>
  );
}
