import { Button } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation } from '@tanstack/react-query';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { revertJob, type ImportJob } from './import-api.ts';

type Props = { readonly object: BusinessObject; readonly job: ImportJob; readonly onJob: (id: string) => void };

/** Takes an import back after a question; where something has stayed because it was changed since, also that. */
export function TakeBack({ object, job, onJob }: Props) {
  const { t } = useTexts();
  const what = takenBack(job);
  const revert = useMutation({
    mutationFn: ({ id, evenChanged }: { id: string; evenChanged: boolean }) => revertJob(object, id, evenChanged),
    onError: notifyFailure,
    onSuccess: ({ id }) => onJob(id),
  });
  if (!what) return null;
  const label = t(what.evenChanged ? 'import.takeBackRest' : 'import.takeBack');
  const ask = (): void =>
    void modals.openConfirmModal({
      title: label,
      children: t(what.evenChanged ? 'import.takeBackRestHelp' : 'import.takeBackHelp'),
      labels: { confirm: label, cancel: t('action.cancel') },
      confirmProps: { color: 'red' },
      closeButtonProps: { 'aria-label': t('action.close') },
      onConfirm: () => revert.mutate(what),
    });
  return (
    <Button variant="subtle" color="red" loading={revert.isPending} onClick={ask}>
      {label}
    </Button>
  );
}

/** Which import may be taken back here, and how; null where there is nothing to take back. */
function takenBack({ id, state, done, result }: ImportJob): { readonly id: string; readonly evenChanged: boolean } | null {
  if (result && 'import' in result) return result.left > 0 ? { id: result.import, evenChanged: true } : null;
  if (result) return !result.dryRun && result.created + result.updated > 0 ? { id, evenChanged: false } : null;
  return (state === 'cancelled' || state === 'failed') && done > 0 ? { id, evenChanged: false } : null;
}
