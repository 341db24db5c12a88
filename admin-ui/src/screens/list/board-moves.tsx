import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { CommandDefinition } from '#platform/kernel/model.ts';
import { isMovedByCommands } from '#platform/kernel/status-field.ts';
import { movingCommand } from '#platform/kernel/view-display.ts';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { Problem } from '#admin-ui/src/api/problem.ts';
import { changeRecord, loadRecord, runCommand, type RecordValues } from '#admin-ui/src/api/records.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import type { Given } from '#admin-ui/src/layout/command-dialog.tsx';
import { mayUse, useCommands } from '#admin-ui/src/layout/use-commands.tsx';
import { notifyFailure } from '#admin-ui/src/ui/notify.tsx';

/** How cards move: a choice is changed, a status by the command that leads there, a reference by the command that takes it. */
export type BoardMoves = {
  /** Why a card cannot stand in a column; null when it can. */
  readonly whyNot: (record: RecordValues, to: string | null) => string | null;
  readonly move: (record: RecordValues, to: string | null) => void;
  /** Where a card stands that was moved and whose new place is not confirmed yet; undefined for the others. */
  readonly placeOf: (record: RecordValues) => string | null | undefined;
  /** What a command asks before it is done. */
  readonly dialog: ReactNode;
};

type Options = {
  readonly object: BusinessObject;
  readonly by: Field;
  /** The reference whose records are the columns. */
  readonly reference: Field | undefined;
  readonly onMoved: () => void;
};
type Asked = { readonly record: RecordValues; readonly command: CommandDefinition; readonly given?: Given; readonly round: number };

export function useBoardMoves({ object, by, reference, onMoved }: Options): BoardMoves {
  const { t, say } = useTexts();
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = (next: Omit<Asked, 'round'>): void => setAsked((before) => ({ ...next, round: (before?.round ?? 0) + 1 }));
  const moving = reference && movingCommand(object, reference);
  const change = useMutation({
    mutationFn: async ({ record, to }: { record: RecordValues; to: string | null }): Promise<void> => {
      const [id, values] = [textOf(record['id']), { [by.name]: to }];
      if (moving) await runCommand(object, id, { name: moving.name, input: values });
      else await changeRecord(object, id, { values, etag: `"${textOf(record['version'])}"` });
    },
    onError: (error, { record, to }) => {
      // The command needs to know more, such as why a deal is lost: it asks for that.
      if (moving && error instanceof Problem && error.status === 422)
        ask({ record, command: moving, given: { values: { [by.name]: to }, text: labelOf(by, to, say) } });
      else notifyFailure(error);
    },
    onSettled: onMoved,
  });
  const commandTo = (record: RecordValues, to: string | null): CommandDefinition | undefined =>
    object.commands.find(
      (command) =>
        command.collection !== true &&
        command.to === to &&
        (command.from?.includes(textOf(record[by.name])) ?? true) &&
        mayUse(object, command),
    );
  return {
    whyNot: (record, to) => {
      if (moving) return mayUse(object, moving) ? null : t('board.readOnly', { field: say(by.label) });
      if (isMovedByCommands(object, by)) return commandTo(record, to) ? null : t('board.noWay', { option: labelOf(by, to, say) });
      return object.permissions.edit && by.editable ? null : t('board.readOnly', { field: say(by.label) });
    },
    move: (record, to) => {
      if (!isMovedByCommands(object, by)) return change.mutate({ record, to });
      const command = commandTo(record, to);
      if (command) ask({ record, command });
    },
    placeOf: (record) =>
      change.isPending && textOf(change.variables.record['id']) === textOf(record['id']) ? change.variables.to : undefined,
    dialog: asked && (
      <ByCommand
        key={asked.round}
        object={object}
        asked={asked}
        onEnd={() => {
          setAsked(null);
          onMoved();
        }}
      />
    ),
  };
}

function labelOf(by: Field, key: string | null, say: ReturnType<typeof useTexts>['say']): string {
  return say(by.options?.find((option) => option.key === key)?.label);
}

/** Runs a command on the whole record, as its page would: a card knows only what it shows. */
function ByCommand({ object, asked, onEnd }: { readonly object: BusinessObject; readonly asked: Asked; readonly onEnd: () => void }) {
  const id = textOf(asked.record['id']);
  const loaded = useQuery({
    queryKey: ['board-record', object.name, id],
    queryFn: ({ signal }) => loadRecord(object, id, { signal }),
    gcTime: 0,
  });
  if (!loaded.data) return null;
  return <Started object={object} record={loaded.data.record} command={asked.command} given={asked.given} onEnd={onEnd} />;
}

type StartedProps = {
  readonly object: BusinessObject;
  readonly record: RecordValues;
  readonly command: CommandDefinition;
  readonly given: Given | undefined;
  readonly onEnd: () => void;
};

function Started({ object, record, command, given, onEnd }: StartedProps) {
  const commands = useCommands({ object, record, isDirty: false, onDone: onEnd, ...(given ? { given } : {}) });
  const isStarted = useRef(false);
  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    commands.start(command);
  }, [commands, command]);
  return <>{commands.dialog}</>;
}
