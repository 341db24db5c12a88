import { Alert, Button, Code, CopyButton, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/index.ts';

type Props = {
  readonly warning: string;
  readonly value: string;
  readonly testId: string;
  readonly onClose: () => void;
  readonly children?: ReactNode;
};

/** Something that is shown this once, to be copied. */
export function ShownOnce({ warning, value, testId, onClose, children }: Props) {
  const { t } = useTexts();
  return (
    <Stack>
      <Alert color="yellow">{warning}</Alert>
      <Code block className="code-block" data-testid={testId}>
        {value}
      </Code>
      {children}
      <Group justify="flex-end">
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button variant="light" onClick={copy}>
              {t(copied ? 'api.copied' : 'api.copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>{t('action.close')}</Button>
      </Group>
    </Stack>
  );
}
