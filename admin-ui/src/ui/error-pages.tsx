import { Container } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTexts } from '../i18n/index.ts';
import { Failure } from './failure.tsx';
import { NotThere } from './not-there.tsx';

/** What stands where a page could not be drawn. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  return (
    <Container size="sm" py="xl" component="main">
      <Failure error={error} onRetry={reset} />
    </Container>
  );
}

/** What stands at an address that is none. */
export function NotFoundPage() {
  const { t } = useTexts();
  return <NotThere title={t('notThere.page')} text={t('failure.noPage')} />;
}
