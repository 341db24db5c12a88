import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTexts } from '../i18n/index.ts';

/** Where somebody is, as far as leaving it is concerned. */
export type Place = { readonly pathname: string; readonly search: object };

type Props = {
  readonly isDirty: boolean;
  /** What would be lost, in a sentence. */
  readonly text: string;
  /** Whether what is unsaved is still there at the next place. */
  readonly isKept: (here: Place, next: Place) => boolean;
};

/** Asks before unsaved work is left: in a dialog on these screens, in the browser's own words where it closes or loads the page anew. */
export function LeaveGuard({ isDirty, text, isKept }: Props) {
  const { t } = useTexts();
  const blocker = useBlocker({
    // Who is signed out has to sign in, whatever they leave.
    shouldBlockFn: ({ current, next }) => isDirty && next.pathname !== '/login' && !isKept(current, next),
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  return (
    <Modal
      opened={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      title={t('leave.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Text size="sm">{text}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" data-autofocus onClick={() => blocker.reset?.()}>
          {t('leave.stay')}
        </Button>
        <Button color="red" variant="light" onClick={() => blocker.proceed?.()}>
          {t('leave.leave')}
        </Button>
      </Group>
    </Modal>
  );
}
