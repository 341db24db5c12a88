import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { CommandDefinition } from '#platform/kernel/model.ts';
import { useObjects, type BusinessObject } from '../api/metadata.ts';
import { runCommand, type RecordValues } from '../api/records.ts';
import { textOf } from '../fields/input-frame.ts';
import { useTexts } from '../i18n/index.ts';
import { notifyDone, notifyFailure, notifyNext } from '../ui/notify.tsx';
import { CommandDialog, type Given } from './command-dialog.tsx';
import { MergeDialog } from './merge/merge-dialog.tsx';

/** A verb, and why it cannot be used now; null when it can. */
export type OfferedCommand = { readonly command: CommandDefinition; readonly reason: string | null };

/** The verbs of a record, as its page offers them. */
export type Commands = {
  readonly offered: readonly OfferedCommand[];
  /** Asks what is to be asked, and does it. */
  readonly start: (command: CommandDefinition) => void;
  /** The name of the command that runs now. */
  readonly running: string | null;
  readonly dialog: ReactNode;
  /** Compares the record with another one, to merge them; absent where the caller may not. */
  readonly merge?: ((otherId: string) => void) | undefined;
};

type Props = {
  readonly object: BusinessObject;
  /** Null for what is done with the collection. */
  readonly record: RecordValues | null;
  readonly isDirty: boolean;
  /** Reads the record again. */
  readonly onDone: () => void;
  readonly given?: Given;
};

/** The verbs that an object's record or collection has, which of them the record's state and the caller's rights allow, and the reason for the others. */
export function useCommands({ object, record: asIs, isDirty, onDone, given }: Props): Commands {
  const { t, say } = useTexts();
  const record = asIs ?? {};
  const objects = useObjects();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<CommandDefinition | null>(null);
  const [other, setOther] = useState<string>();
  const run = useMutation({
    mutationFn: ({ command, input }: { command: CommandDefinition; input: RecordValues }) =>
      runCommand(object, asIs && textOf(asIs['id']), { name: command.name, input }),
    onSuccess: ({ created = [], pdf }, { command }) => {
      setAsked(null);
      const done = t('command.done', { command: say(command.label) });
      const made = comesTo(created);
      const target = objects.find((one) => one.name === made?.object);
      if (made && target) {
        const onNext = (): void => void navigate({ to: '/o/$object/$id', params: { object: made.object, id: made.id } });
        notifyNext(done, { label: t('command.open', { object: say(target.label) }), onNext });
      } else if (pdf !== undefined)
        notifyNext(done, { label: t('documents.open'), onNext: () => void window.open(pdf, '_blank', 'noreferrer') });
      else notifyDone(done);
      onDone();
    },
    onError: (error, { command }) => {
      if (!needsDialog(command)) notifyFailure(error);
    },
  });
  const start = (command: CommandDefinition): void => {
    run.reset();
    // The open item of a payment has its id.
    if (ALLOCATED.includes(object.name) && command.name === 'allocate')
      return void navigate({ to: '/allocate/$item', params: { item: textOf(record['id']) } });
    // How much is open may have changed since the page was read.
    if (command.input?.some((field) => field.lines !== undefined)) onDone();
    if (needsDialog(command)) setAsked(command);
    else run.mutate({ command, input: {} });
  };
  const status = object.fields.find((field) => field.type === 'status');
  const now = status ? textOf(record[status.name]) : '';
  const labelOf = (key: string): string => say(status?.options?.find((option) => option.key === key)?.label) || key;
  const reasonOf = (command: CommandDefinition): string | null => {
    if (!mayUse(object, command)) return t('command.notAllowed');
    if (command.from !== undefined && !command.from.includes(now))
      return t('command.onlyIn', { states: command.from.map(labelOf).join(', ') });
    return isDirty ? t('command.saveFirst') : null;
  };
  const asking = {
    object,
    record,
    error: run.error,
    isRunning: run.isPending,
    onClose: () => {
      setAsked(null);
      setOther(undefined);
    },
    onRun: (input: RecordValues) => asked && run.mutate({ command: asked, input }),
  };
  const merging = object.commands.find((command) => command.merges !== undefined && mayUse(object, command));
  const merge = (otherId: string): void => {
    if (!merging) return;
    setOther(otherId);
    start(merging);
  };
  return {
    ...(merging && !isDirty ? { merge } : {}),
    offered: object.commands
      .filter(({ offered }) => offered !== false)
      .filter((command) => (asIs === null ? isOfList(command) && mayUse(object, command) : command.collection !== true))
      .map((command) => ({ command, reason: reasonOf(command) })),
    start,
    running: run.isPending ? run.variables.command.name : null,
    dialog:
      asked &&
      (asked.merges === undefined ? (
        <CommandDialog key={asked.name} {...asking} command={asked} given={given} />
      ) : (
        <MergeDialog key={asked.name} {...asking} command={asked} given={other} />
      )),
  };
}

/** What is allocated on a screen of its own. */
const ALLOCATED: readonly string[] = ['payment', 'open_item'];

/** Of what a command made, each of another kind, that which all of it is for: the last. Of several of one kind nobody knows which is looked at next. */
function comesTo<Made extends { readonly object: string }>(created: readonly Made[]): Made | undefined {
  return new Set(created.map(({ object }) => object)).size === created.length ? created.at(-1) : undefined;
}

/** Whether a command is done with a collection, by people: what is only for programs needs input that nobody is asked for. */
function isOfList({ collection, input = [] }: CommandDefinition): boolean {
  return collection === true && !input.some(({ asked, required }) => asked === false && required === true);
}

/** Whether the caller's roles grant the command at all. */
export function mayUse(object: BusinessObject, command: CommandDefinition): boolean {
  const { commands } = object.permissions;
  return commands === true || commands.includes(command.name);
}

/** Whether a command asks something before it is done. */
function needsDialog(command: CommandDefinition): boolean {
  return command.confirm !== undefined || command.input?.some((field) => field.asked !== false) === true;
}
