import { Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import { Page } from '../ui/page.tsx';
import { ChangeLog } from './objects/change-log.tsx';

/** The log of all changes of the metadata. */
export function ChangesScreen() {
  const { t } = useTexts();
  return (
    <Page title={t('settings.changes')} icon={<IconHistory size={24} stroke={1.7} aria-hidden />}>
      <Text size="sm" c="dimmed" mb="md">
        {t('changes.text')}
      </Text>
      <ChangeLog />
    </Page>
  );
}
