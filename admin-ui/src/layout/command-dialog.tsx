import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { CommandDefinition } from '#platform/kernel/model.ts';
import { apiName, type Field } from '../api/metadata.ts';
import { problemsByPath } from '../api/problem.ts';
import type { RecordValues } from '../api/records.ts';
import { useFieldUis } from '../fields/field-ui.ts';
import { useTexts } from '../i18n/index.ts';
import { Failure } from '../ui/failure.tsx';

type DialogProps = {
  readonly command: CommandDefinition;
  readonly record: RecordValues;
  readonly error: unknown;
  readonly isRunning: boolean;
  readonly onClose: () => void;
  readonly onRun: (input: RecordValues) => void;
};

/** Asks what a command needs: a confirmation, its input; the server's refusals stand at their fields. */
export function CommandDialog({ command, record, error, isRunning, onClose, onRun }: DialogProps) {
  const { t, say } = useTexts();
  const uis = useFieldUis();
  const [input, setInput] = useState<RecordValues>({});
  const problems = problemsByPath(error);
  const fields = commandFields(command);
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

/** What a command asks, as fields that take input. */
export function commandFields(command: CommandDefinition): readonly Field[] {
  return (command.input ?? []).map((field) => ({ ...field, id: field.name, column: field.name, state: 'active', editable: true }));
}
