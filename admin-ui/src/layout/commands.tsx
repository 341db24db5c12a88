import { Button, Tooltip } from '@mantine/core';
import { useTexts } from '../i18n/index.ts';
import type { Commands, OfferedCommand } from './use-commands.tsx';

/** Buttons beside a title; what else is possible stands in the menu. */
const BUTTONS_MAX = 2;

/** The verbs that the record's state and the caller's rights allow now: as buttons, and the rest for a menu, with those that are not possible. */
export function useArranged(
  commands: Commands,
  isDirty: boolean,
): { readonly buttons: readonly OfferedCommand[]; readonly menu: readonly OfferedCommand[] } {
  const { t } = useTexts();
  const isShown = ({ reason }: OfferedCommand): boolean => reason === null || (isDirty && reason === t('command.saveFirst'));
  const possible = commands.offered.filter(isShown);
  const byWeight = [
    ...possible.filter(({ command }) => command.tone === 'primary'),
    ...possible.filter(({ command }) => command.tone !== 'primary'),
  ];
  const buttons = possible.filter((one) => byWeight.indexOf(one) < BUTTONS_MAX);
  return { buttons, menu: [...possible.filter((one) => !buttons.includes(one)), ...commands.offered.filter((one) => !isShown(one))] };
}

/** Verbs as buttons. With unsaved input they say what to do first. */
export function CommandButtons({ commands, buttons }: { readonly commands: Commands; readonly buttons: readonly OfferedCommand[] }) {
  const { say } = useTexts();
  return buttons.map(({ command, reason }) => (
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
