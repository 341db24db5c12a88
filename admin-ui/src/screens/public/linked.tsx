import { Center, Loader, Text, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from '#admin-ui/src/api/problem.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { Around } from './around.tsx';
import type { Seller } from './offer-api.ts';

/** What every page of a signed link is told: whose it is and in which language. */
type Told = { readonly company: Seller | null; readonly language: string | null };

type Props<T extends Told> = {
  readonly query: Pick<UseQueryResult<T>, 'data' | 'error' | 'isError' | 'refetch'>;
  /** What is said where the link leads nowhere. */
  readonly nowhere: string;
  readonly children: (told: T) => ReactNode;
};

/** The page of a signed link: what it shows, or that there is nothing, or that it is on its way. Nothing of the platform stands around it. */
export function Linked<T extends Told>({ query, nowhere, children }: Props<T>) {
  const { t } = useTexts();
  const { data, error, isError, refetch } = query;
  const isNowhere = error instanceof Problem && error.status === 404;
  return (
    <Around company={data?.company} language={data?.language}>
      {data ? (
        children(data)
      ) : isNowhere ? (
        <section className="card public-card">
          <Title order={1}>{t('public.noLink')}</Title>
          <Text mt="sm">{nowhere}</Text>
        </section>
      ) : isError ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <Center py="xl">
          <Loader aria-label={t('loading')} />
        </Center>
      )}
    </Around>
  );
}
