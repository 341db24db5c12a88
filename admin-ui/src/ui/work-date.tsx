import { Button } from '@mantine/core';
import { IconCalendarTime, IconX } from '@tabler/icons-react';
import { chooseWorkDate, useWorkDate } from '../api/work-date.ts';
import { formatDate } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';

/** Who may work on another day; the server says so too. */
const ROLES: readonly string[] = ['administrator', 'manager', 'accounting'];

/** Whether somebody with these roles may choose their working date. */
export function mayChooseWorkDate(roles: readonly string[]): boolean {
  return roles.some((role) => ROLES.includes(role));
}

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
