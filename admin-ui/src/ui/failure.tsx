import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Problem } from '../api/problem.ts';
import { useTexts } from '../i18n/index.ts';

/** What went wrong, in a sentence, and the way out. */
export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTexts();
  const message = error instanceof Error ? error.message : t('failure.unknown');
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('failure.title')} role="alert">
      <Text size="sm">{message}</Text>
      {error instanceof Problem && error.traceId !== undefined && error.status >= 500 && (
        <Text size="xs" c="dimmed">
          {t('failure.trace', { id: error.traceId })}
        </Text>
      )}
      {onRetry && (
        <Group mt="xs">
          <Button size="compact-sm" variant="light" color="red" onClick={onRetry}>
            {t('failure.retry')}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
