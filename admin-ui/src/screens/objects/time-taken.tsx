import { Text } from '@mantine/core';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

/** How long a change takes until it is in force: an estimate, told no more precisely than it is. */
export function TimeTaken({ seconds }: { readonly seconds: number }) {
  const { t } = useTexts();
  if (seconds < 1) return <Text size="sm">{t('change.takesNoTime')}</Text>;
  return <Text size="sm">{t('change.takes', { time: words(seconds, t) })}</Text>;
}

function words(seconds: number, t: ReturnType<typeof useTexts>['t']): string {
  if (seconds < 10) return t('time.aFewSeconds');
  if (seconds < 50) return t('time.seconds', { count: Math.round(seconds / 10) * 10 });
  if (seconds < 90) return t('time.aboutAMinute');
  const minutes = Math.round(seconds / 60);
  return minutes < 100
    ? t('time.minutes', { count: minutes < 20 ? minutes : Math.round(minutes / 10) * 10 })
    : t('time.hours', { count: Math.round(minutes / 60) });
}
