import { Button, Paper, PasswordInput, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, askFor } from '../api/client.ts';
import { problemsByPath } from '../api/problem.ts';
import { useTexts } from '../i18n/index.ts';
import '../styles/kit-screens.css';
import { Entry } from '../ui/entry.tsx';
import { Failure } from '../ui/failure.tsx';
import { COUNTRIES, countryOptions } from './countries.ts';

const EMPTY = { company: '', country: '', currency: '', name: '', email: '', password: '' };

/** The first minute: the company and the first administrator, once, with the link that the start printed. Without that it says so at once. */
export function SetUpScreen() {
  const { token } = useSearch({ from: '/setup' });
  const link = useQuery({
    queryKey: ['setup', token],
    queryFn: ({ signal }) =>
      askFor<{ valid?: boolean }>(`/api/platform/setup?${new URLSearchParams({ token: token ?? '' }).toString()}`, { signal }),
    enabled: token !== undefined,
    staleTime: Infinity,
  });
  if (token === undefined) return <LinkNeeded text="setUp.noToken" />;
  if (link.data?.valid === false) return <LinkNeeded text="setUp.oldToken" />;
  return <SetUpForm token={token} />;
}

function LinkNeeded({ text }: { readonly text: 'setUp.noToken' | 'setUp.oldToken' }) {
  const { t } = useTexts();
  useDocumentTitle(`${t('setUp.title')} · Tessera`);
  return (
    <Entry>
      <Paper withBorder p="xl" radius="lg">
        <Title order={1}>{t('setUp.title')}</Title>
        <Text mt="sm">{t(text)}</Text>
      </Paper>
    </Entry>
  );
}

function SetUpForm({ token }: { readonly token: string }) {
  const { t, language } = useTexts();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [values, setValues] = useState(EMPTY);
  useDocumentTitle(`${t('setUp.title')} · Tessera`);
  const setUp = useMutation({
    mutationFn: () =>
      ask('/api/platform/setup', {
        method: 'POST',
        body: {
          token,
          company: { name: values.company, country: values.country, currency: values.currency, timeZone: zone() },
          user: { name: values.name, email: values.email, password: values.password, language },
        },
      }),
    onSuccess: async () => {
      client.clear();
      await navigate({ to: '/' });
    },
  });
  const problems = problemsByPath(setUp.error);
  const set = (change: Partial<typeof EMPTY>): void => setValues((before) => ({ ...before, ...change }));
  const text = (key: keyof typeof EMPTY) => ({
    required: true,
    name: key,
    value: values[key],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => set({ [key]: event.currentTarget.value }),
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
          setUp.mutate();
        }}
      >
        <Stack>
          <div>
            <Title order={1}>{t('setUp.title')}</Title>
            <Text c="dimmed" size="sm">
              {t('setUp.intro')}
            </Text>
          </div>
          {setUp.isError && <Failure error={setUp.error} />}
          <TextInput
            {...text('company')}
            label={t('setUp.company')}
            autoFocus
            autoComplete="organization"
            error={problems['company.name']}
          />
          <SimpleGrid cols={2}>
            <Select
              label={t('setUp.country')}
              data={countryOptions(language)}
              value={values.country || null}
              onChange={(country) => set({ country: country ?? '', currency: COUNTRIES[country ?? ''] ?? '' })}
              searchable
              required
              name="country"
              error={problems['company.country']}
            />
            <TextInput {...text('currency')} label={t('setUp.currency')} maxLength={3} error={problems['company.currency']} />
          </SimpleGrid>
          <TextInput {...text('name')} label={t('setUp.name')} autoComplete="name" error={problems['user.name']} />
          <TextInput {...text('email')} label={t('login.email')} type="email" autoComplete="username" error={problems['user.email']} />
          <PasswordInput
            {...text('password')}
            label={t('login.password')}
            description={t('setUp.passwordHelp')}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword') }}
            error={problems['user.password']}
          />
          <Button type="submit" loading={setUp.isPending} size="md">
            {t('setUp.submit')}
          </Button>
        </Stack>
      </Paper>
    </Entry>
  );
}

function zone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
