import { Anchor, Button, Group, Modal, Progress, Select, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CommandDefinition } from '#platform/kernel/model.ts';
import { apiName, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useRecordTitle } from '#admin-ui/src/fields/record-title.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { commandFields } from '#admin-ui/src/layout/command-dialog.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { useMany, type Many, type Refused } from './use-many.ts';

type Props = {
  readonly object: BusinessObject;
  readonly ids: readonly string[];
  /** The command to run; absent: a field is chosen and changed. */
  readonly command?: CommandDefinition | undefined;
  readonly onClose: () => void;
};

/** Changes one field of many records, or runs a command on them; says how far it is and which records refused, with the reason. */
export function ManyDialog({ object, ids, command, onClose }: Props) {
  const { t, say } = useTexts();
  const many = useMany(object, ids);
  const [input, setInput] = useState<RecordValues>({});
  const [name, setName] = useState<string | null>(null);
  const offered = changeable(object);
  const chosen = offered.find((field) => field.name === name);
  const isOfLines = command?.input?.some((field) => field.lines?.quantities.some((quantity) => quantity.prefilled === true)) === true;
  const fields = command
    ? commandFields(command).filter((field) => field.lines === undefined)
    : chosen
      ? [{ ...chosen, required: false }]
      : [];
  const start = (): void => many.start(command ? { command, input } : { values: chosen ? { [apiName(chosen)]: null, ...input } : {} });
  return (
    <Modal
      opened
      onClose={many.isRunning ? many.stop : onClose}
      title={t(ids.length === 1 ? 'many.titleOne' : 'many.title', {
        what: command ? say(command.label) : t('many.edit'),
        count: ids.length,
      })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <Stack>
          {command?.confirm && <Text size="sm">{say(command.confirm)}</Text>}
          {isOfLines && <Text size="sm">{t('quantities.everything')}</Text>}
          {!command && (
            <Select
              label={t('many.field')}
              data={offered.map((field) => ({ value: field.name, label: say(field.label) }))}
              value={name}
              onChange={(next) => {
                setName(next);
                setInput({});
              }}
              searchable
              disabled={many.isRunning}
              data-autofocus
            />
          )}
          {!many.isDone && <Inputs fields={fields} input={input} onInput={setInput} />}
          {many.error !== null && <Failure error={many.error} />}
          {(many.isRunning || many.isDone) && <Report object={object} many={many} count={ids.length} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={many.isRunning ? many.stop : onClose}>
              {t(many.isRunning ? 'many.stop' : 'action.close')}
            </Button>
            {!many.isDone && (
              <Button type="submit" loading={many.isRunning} disabled={!command && !chosen}>
                {command ? say(command.label) : t('action.apply')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What may be given to many at once: plain values that the caller may write. */
function changeable(object: BusinessObject): readonly Field[] {
  const isPlain = ({ type, unique }: Field): boolean => unique !== true && !['children', 'file', 'image'].includes(type);
  return object.fields.filter((field) => field.editable && field.state === 'active' && field.system !== true && isPlain(field));
}

type InputsOf = { readonly fields: readonly Field[]; readonly input: RecordValues; readonly onInput: (input: RecordValues) => void };

function Inputs({ fields, input, onInput }: InputsOf) {
  const uis = useFieldUis();
  return fields.map((field) => {
    const { Input } = uis(field);
    return (
      <Input
        key={field.name}
        field={field}
        value={input[apiName(field)]}
        record={input}
        onChange={(value) => onInput({ ...input, [apiName(field)]: value })}
        onChosen={(record) => onInput({ ...input, [apiName(field)]: record?.['id'] ?? null })}
      />
    );
  });
}

const SHOWN = 50;

function Report({ object, many, count }: { readonly object: BusinessObject; readonly many: Many; readonly count: number }) {
  const { t } = useTexts();
  const { done, refused } = many.progress;
  return (
    <div role="status">
      <Progress value={(100 * done) / count} aria-label={t('many.progress')} mb={6} />
      <Text size="sm">{t('many.done', { done: done - refused.length, refused: refused.length, count })}</Text>
      {refused.length > 0 && (
        <ul className="refusals">
          {refused.slice(0, SHOWN).map((one) => (
            <Refusal key={one.id} object={object} {...one} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Refusal({ object, id, reason }: Refused & { readonly object: BusinessObject }) {
  const { t } = useTexts();
  const title = useRecordTitle(object.name, id);
  return (
    <li>
      <Anchor
        inherit
        underline="always"
        renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: object.name, id }} />}
      >
        {title || t('list.untitled')}
      </Anchor>{' '}
      <span className="dim">{reason}</span>
    </li>
  );
}
