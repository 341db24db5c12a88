import { Alert, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Field } from '../api/metadata.ts';
import { chooseWorkDate, useWorkDate } from '../api/work-date.ts';
import { date } from '../fields/date.tsx';
import { textOf } from '../fields/input-frame.ts';
import { useTexts } from '../i18n/index.ts';
import { DialogButtons } from './dialog-buttons.tsx';
import { Surroundings } from './working.tsx';

/** Asks for the day on which somebody works. */
export function WorkDateDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const [day, setDay] = useState<string | null>(useWorkDate());
  const [today] = useState(() => new Date().toLocaleDateString('sv'));
  const isWrong = day !== null && (!/^\d{4}-\d{2}-\d{2}$/.test(day) || day > today);
  return (
    <Modal opened onClose={onClose} title={t('workDate.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isWrong) return;
          chooseWorkDate(day === today ? null : day);
          onClose();
        }}
      >
        <Stack>
          <Text size="sm">{t('workDate.text')}</Text>
          <Surroundings>
            <date.Input
              field={{ ...FIELD, label: { en: t('workDate.title') } }}
              value={day}
              record={{}}
              error={isWrong ? t('workDate.wrong') : undefined}
              onChange={(value) => setDay(textOf(value) || null)}
              autoFocus
            />
          </Surroundings>
          {day !== null && day !== today && !isWrong && <Alert color="orange">{t('workDate.warning')}</Alert>}
          <DialogButtons onCancel={onClose} isPending={false} submit={t('action.apply')} />
        </Stack>
      </form>
    </Modal>
  );
}

const FIELD: Field = {
  id: 'workDate',
  name: 'workDate',
  column: 'workDate',
  label: { en: '' },
  type: 'date',
  state: 'active',
  editable: true,
};
