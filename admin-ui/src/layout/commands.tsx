import { Button, Tooltip } from '@mantine/core';
import { useTexts } from '../i18n/index.ts';
import type { Commands } from './use-commands.tsx';

/** The verbs that the record's state and the caller's rights allow now. With unsaved input they say what to do first. */
export function CommandButtons({ commands, isDirty }: { readonly commands: Commands; readonly isDirty: boolean }) {
  const { t, say } = useTexts();
  const shown = commands.offered.filter(({ reason }) => reason === null || (isDirty && reason === t('command.saveFirst')));
  return shown.map(({ command, reason }) => (
    <Tooltip key={command.name} label={reason} disabled={reason === null}>
      <Button
        variant={command.tone === 'primary' ? 'filled' : command.tone === 'danger' ? 'light' : 'default'}
        {...(command.tone === 'danger' ? { color: 'red' } : {})}
        {...(reason === null ? {} : { 'data-disabled': true, 'aria-disabled': true })}
        loading={commands.running === command.name}
        onClick={() => (reason === null ? commands.start(command) : undefined)}
      >
        {say(command.label)}
      </Button>
    </Tooltip>
  ));
}
