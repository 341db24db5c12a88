import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { Problem } from '../api/problem.ts';

/** Says that something worked; it goes away by itself. */
export function notifyDone(message: string): void {
  notifications.show({ ...closable(), message, color: 'teal', autoClose: 4000 });
}

/** Says what did not work, in the sentence of the refusal. */
export function notifyFailure(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const trace = error instanceof Problem && error.status >= 500 && error.traceId !== undefined ? ` (${error.traceId})` : '';
  notifications.show({ ...closable(), message: `${message}${trace}`, color: 'red', autoClose: 10_000, role: 'alert' });
}

/** Says what was done, and takes it back at a click for as long as it stands there. */
export function notifyUndo(message: string, undo: { readonly label: string; readonly onUndo: () => void }): void {
  notifyNext(message, { label: undo.label, onNext: undo.onUndo });
}

/** Says what was done, and offers what may be wanted next for as long as it stands there. */
export function notifyNext(message: string, next: { readonly label: string; readonly onNext: () => void }): void {
  const id = crypto.randomUUID();
  const go = (): void => {
    notifications.hide(id);
    next.onNext();
  };
  notifications.show({
    ...closable(),
    id,
    autoClose: 10_000,
    color: 'gray',
    message: (
      <Group justify="space-between">
        <Text size="sm">{message}</Text>
        <Button size="compact-sm" variant="light" onClick={go}>
          {next.label}
        </Button>
      </Group>
    ),
  });
}

/** The cross says what it does. */
function closable() {
  return { closeButtonProps: { 'aria-label': i18next.t('action.close'), size: 26 } };
}
