import { Alert, Button, Group, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

type Props = { readonly isSaving: boolean; readonly onTheirs: () => void; readonly onMine: () => void };

/** Somebody else has saved the same layout meanwhile: one of the two is lost, and whoever is second says which. */
export function LayoutConflict({ isSaving, onTheirs, onMine }: Props) {
  const { t } = useTexts();
  return (
    <Alert color="yellow" mb="sm" icon={<IconUsers size={18} aria-hidden />} title={t('layout.conflict')} role="alert">
      <Text size="sm">{t('layout.conflictText')}</Text>
      <Group mt="xs" gap="xs">
        <Button size="compact-sm" variant="default" disabled={isSaving} onClick={onTheirs}>
          {t('layout.takeTheirs')}
        </Button>
        <Button size="compact-sm" variant="default" loading={isSaving} onClick={onMine}>
          {t('layout.takeMine')}
        </Button>
      </Group>
    </Alert>
  );
}
