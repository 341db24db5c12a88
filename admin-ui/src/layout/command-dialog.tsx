import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { CommandDefinition, InputField } from '#platform/kernel/model.ts';
import { defaultsOf } from '../api/defaults.ts';
import { apiName, useMe, useObjects, type BusinessObject, type Field } from '../api/metadata.ts';
import { problemsByPath } from '../api/problem.ts';
import type { RecordValues } from '../api/records.ts';
import { useFieldUis } from '../fields/field-ui.ts';
import { useTexts } from '../i18n/index.ts';
import { Failure } from '../ui/failure.tsx';
import { lineChoice, type LineChoice, type Typed } from './line-quantities.ts';
import { LineQuantityGrid } from './line-quantity-grid.tsx';

/** Input that the place already knows where the command is begun: it is not asked for, the dialog says what it is. */
export type Given = { readonly values: RecordValues; readonly text: string };

type DialogProps = {
  readonly object: BusinessObject;
  readonly command: CommandDefinition;
  readonly record: RecordValues;
  readonly error: unknown;
  readonly isRunning: boolean;
  readonly onClose: () => void;
  readonly onRun: (input: RecordValues) => void;
  readonly given?: Given | undefined;
};

/** Asks what a command needs: a confirmation, its input, quantities of the record's lines; the server's refusals stand at their fields. */
export function CommandDialog({ object, command, record, error, isRunning, onClose, onRun, given }: DialogProps) {
  const { t, say } = useTexts();
  const uis = useFieldUis();
  const objects = useObjects();
  const me = useMe();
  const [input, setInput] = useState<RecordValues>(() => ({ ...defaultsOf({ fields: commandFields(command) }, me), ...given?.values }));
  const [typed, setTyped] = useState<{ readonly [field: string]: Typed }>({});
  const [isTried, setTried] = useState(false);
  const problems = problemsByPath(error);
  const fields = commandFields(command).filter((field) => !(apiName(field) in (given?.values ?? {})));
  const choices = fields.map((field) =>
    field.lines ? lineChoice(field.lines, { object, objects, record }, typed[field.name] ?? {}) : null,
  );
  const isWhole = fields.every((field, index) => isComplete(field, choices[index] ?? null));
  const submit = (): void => {
    setTried(true);
    if (isWhole) onRun({ ...input, ...Object.fromEntries(fields.flatMap((field, index) => rowsOf(field, choices[index] ?? null))) });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={say(command.label)}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      size={choices.some((choice) => choice !== null) ? 'xl' : 'md'}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          {error !== null && Object.keys(problems).length === 0 && <Failure error={error} />}
          {given && <Text size="sm">{given.text}</Text>}
          {command.confirm && <Text size="sm">{say(command.confirm)}</Text>}
          {fields.map((field, index) => {
            const choice = choices[index];
            if (field.lines && choice) {
              return (
                <LineQuantityGrid
                  key={field.name}
                  field={field}
                  lines={field.lines}
                  choice={choice}
                  typed={typed[field.name] ?? {}}
                  error={linesProblem(field, problems) ?? (isTried && !isChosen(field, choice) ? t('quantities.nothingChosen') : undefined)}
                  autoFocus={index === 0}
                  onTyped={(next) => setTyped((before) => ({ ...before, [field.name]: next }))}
                />
              );
            }
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

/** A field of a command's input. */
export type CommandField = Field & Pick<InputField, 'lines'>;

/** What the screens ask for a command, as fields that take input. */
export function commandFields(command: CommandDefinition): readonly CommandField[] {
  return (command.input ?? [])
    .filter((field) => field.asked !== false)
    .map((field) => ({ ...field, id: field.name, column: field.name, state: 'active', editable: true }));
}

/** Whether what is asked of lines can be sent: no line is faulty, and where quantities are filled in at first, not all of them were taken out. */
function isComplete(field: CommandField, choice: LineChoice | null): boolean {
  return choice === null || (isChosen(field, choice) && choice.lines.every((line) => line.fault === null));
}

function isChosen({ lines }: CommandField, { rows }: LineChoice): boolean {
  return rows.length > 0 || lines?.quantities.every((quantity) => quantity.prefilled !== true) === true;
}

function rowsOf(field: CommandField, choice: LineChoice | null): readonly (readonly [string, unknown])[] {
  return choice && choice.rows.length > 0 ? [[field.name, choice.rows]] : [];
}

/** The server's sentences about lines, wherever in them they point. */
function linesProblem({ name }: CommandField, problems: { readonly [path: string]: string }): string | undefined {
  const own = Object.entries(problems).filter(([path]) => path === name || path.startsWith(`${name}.`));
  return own.length === 0 ? undefined : [...new Set(own.map(([, message]) => message))].join(' ');
}
