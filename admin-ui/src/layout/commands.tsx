import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CommandDefinition } from '#platform/kernel/model.ts';
import { apiName, type BusinessObject, type Field } from '../api/metadata.ts';
import { problemsByPath } from '../api/problem.ts';
import { runCommand, type RecordValues } from '../api/records.ts';
import { useFieldUis } from '../fields/field-ui.ts';
import { useTexts } from '../i18n/index.ts';
import { Failure } from '../ui/failure.tsx';
import { notifyDone, notifyFailure } from '../ui/notify.ts';

type Props = {
  readonly object: BusinessObject;
  readonly record: RecordValues;
  readonly isDirty: boolean;
  readonly onDone: () => void;
};

/** The verbs that the record's state and the caller's rights allow. */
export function Commands({ object, record, isDirty, onDone }: Props) {
  const { t, say } = useTexts();
  const [asked, setAsked] = useState<CommandDefinition | null>(null);
  const run = useMutation({
    mutationFn: ({ command, input }: { command: CommandDefinition; input: RecordValues }) =>
      runCommand(object, String(record['id']), { name: command.name, input }),
    onSuccess: (_answer, { command }) => {
      setAsked(null);
      notifyDone(t('command.done', { command: say(command.label) }));
      onDone();
    },
    onError: (error, { command }) => {
      if (!needsDialog(command)) notifyFailure(error);
    },
  });
  const start = (command: CommandDefinition): void => {
    run.reset();
    if (needsDialog(command)) setAsked(command);
    else run.mutate({ command, input: {} });
  };
  return (
    <>
      {possibleCommands(object, record).map((command) => (
        <Button
          key={command.name}
          variant={command.tone === 'primary' ? 'filled' : command.tone === 'danger' ? 'light' : 'default'}
          {...(command.tone === 'danger' ? { color: 'red' } : {})}
          disabled={isDirty}
          title={isDirty ? t('command.saveFirst') : undefined}
          loading={run.isPending && run.variables.command.name === command.name}
          onClick={() => start(command)}
        >
          {say(command.label)}
        </Button>
      ))}
      {asked && (
        <CommandDialog
          key={asked.name}
          command={asked}
          record={record}
          error={run.error}
          isRunning={run.isPending}
          onClose={() => setAsked(null)}
          onRun={(input) => run.mutate({ command: asked, input })}
        />
      )}
    </>
  );
}

function possibleCommands(object: BusinessObject, record: RecordValues): readonly CommandDefinition[] {
  const { commands: granted } = object.permissions;
  const status = object.fields.find((field) => field.type === 'status');
  const now = status ? record[status.name] : undefined;
  return object.commands.filter(
    (command) =>
      command.collection !== true &&
      (granted === true || granted.includes(command.name)) &&
      (command.from === undefined || (typeof now === 'string' && command.from.includes(now))),
  );
}

function needsDialog(command: CommandDefinition): boolean {
  return command.confirm !== undefined || (command.input?.length ?? 0) > 0;
}

type DialogProps = {
  readonly command: CommandDefinition;
  readonly record: RecordValues;
  readonly error: unknown;
  readonly isRunning: boolean;
  readonly onClose: () => void;
  readonly onRun: (input: RecordValues) => void;
};

function CommandDialog({ command, record, error, isRunning, onClose, onRun }: DialogProps) {
  const { t, say } = useTexts();
  const uis = useFieldUis();
  const [input, setInput] = useState<RecordValues>({});
  const problems = problemsByPath(error);
  const fields = (command.input ?? []).map((field): Field => ({
    ...field,
    id: field.name,
    column: field.name,
    state: 'active',
    editable: true,
  }));
  return (
    <Modal opened onClose={onClose} title={say(command.label)} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onRun(input);
        }}
      >
        <Stack>
          {error !== null && Object.keys(problems).length === 0 && <Failure error={error} />}
          {command.confirm && <Text size="sm">{say(command.confirm)}</Text>}
          {fields.map((field, index) => {
            const { Input } = uis(field);
            return (
              <Input
                key={field.name}
                field={field}
                value={input[apiName(field)]}
                record={{ ...record, ...input }}
                error={problems[apiName(field)]}
                autoFocus={index === 0}
                onChange={(value) => setInput((before) => ({ ...before, [apiName(field)]: value }))}
              />
            );
          })}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={isRunning} {...(command.tone === 'danger' ? { color: 'red' } : {})}>
              {say(command.label)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
