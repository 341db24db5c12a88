import { Center, Loader, VisuallyHidden } from '@mantine/core';
import { useTexts } from '../i18n/index.ts';

/** A page that is on its way. */
export function Waiting() {
  const { t } = useTexts();
  return (
    <Center py="xl">
      <VisuallyHidden component="h1">{t('loading')}</VisuallyHidden>
      <Loader aria-label={t('loading')} />
    </Center>
  );
}
