import { Alert, Anchor, Group } from '@mantine/core';
import { useTexts } from '../i18n/index.ts';
import type { RecordForm } from './record-form.ts';

/** Says that unsaved input of an earlier visit is there, or can be had, and how to be rid of it. */
export function DraftNotice({ form }: { readonly form: RecordForm }) {
  const { t } = useTexts();
  const { offered } = form;
  if (offered)
    return (
      <Alert color="yellow" mb="md" role="status">
        {t('record.restoredOld')}
        <Group gap="md" mt={4}>
          <Anchor component="button" type="button" size="sm" c="inherit" underline="always" onClick={offered.restore}>
            {t('record.restore')}
          </Anchor>
          <Anchor component="button" type="button" size="sm" c="inherit" underline="always" onClick={offered.discard}>
            {t('record.discard')}
          </Anchor>
        </Group>
      </Alert>
    );
  if (!form.isRestored || !form.isDirty) return null;
  return (
    <Alert color="yellow" mb="md" title={t('record.restored')} role="status">
      <Anchor component="button" type="button" size="sm" c="inherit" underline="always" onClick={form.reset}>
        {t('record.discard')}
      </Anchor>
    </Alert>
  );
}
