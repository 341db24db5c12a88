import { Button } from '@mantine/core';
import { IconCalendarTime, IconX } from '@tabler/icons-react';
import { chooseWorkDate, useWorkDate } from '../api/work-date.ts';
import { formatDate } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';

/** Says above every page that this is not today, and goes back. */
export function WorkDateNotice() {
  const { t, language } = useTexts();
  const day = useWorkDate();
  if (day === null) return null;
  return (
    <Button
      color="orange"
      variant="light"
      size="xs"
      leftSection={<IconCalendarTime size={16} aria-hidden />}
      rightSection={<IconX size={14} aria-hidden />}
      aria-label={t('workDate.back', { day: formatDate(day, language) })}
      title={t('workDate.back', { day: formatDate(day, language) })}
      onClick={() => chooseWorkDate(null)}
    >
      {formatDate(day, language)}
    </Button>
  );
}
