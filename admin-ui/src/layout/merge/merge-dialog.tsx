import { Button, Group, List, Modal, Radio, Stack, Table, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { CommandDefinition } from '#platform/kernel/model.ts';
import { apiName, useObjects, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { queryRecords, type RecordValues } from '#admin-ui/src/api/records.ts';
import { recordTitle } from '#admin-ui/src/api/titles.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { useRecord } from '#admin-ui/src/screens/record/use-record.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { commandFields } from '../command-dialog.tsx';
import { relationsOf } from '../relations.ts';
import { comparedFields } from './merged-fields.ts';

type Props = {
  readonly object: BusinessObject;
  readonly command: CommandDefinition;
  readonly record: RecordValues;
  /** The other record, where it is known already. */
  readonly given?: string | undefined;
  readonly error: unknown;
  readonly isRunning: boolean;
  readonly onClose: () => void;
  readonly onRun: (input: RecordValues) => void;
};

/** Another record becomes part of this one: which one, which of both is right in each field, and what moves. */
export function MergeDialog({ object, command, record, given, error, isRunning, onClose, onRun }: Props) {
  const { t, say } = useTexts();
  const uis = useFieldUis();
  const [otherId, setOtherId] = useState<unknown>(given ?? null);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const other = useRecord(object, typeof otherId === 'string' ? otherId : undefined);
  const field = commandFields(command).find(({ name }) => name === command.merges);
  if (!field) return null;
  const { Input } = uis(field);
  const there = other.data?.record;
  const isItself = there !== undefined && there['id'] === record['id'];
  const run = (): void => onRun({ [apiName(field)]: otherId, take: [...taken] });
  return (
    <Modal opened onClose={onClose} size="xl" title={say(command.label)} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <Stack>
          {error !== null && <Failure error={error} />}
          <Text size="sm">{t('merge.text')}</Text>
          <Input
            field={field}
            value={otherId}
            record={record}
            autoFocus={given === undefined}
            onChange={(id) => {
              setOtherId(id);
              setTaken(new Set());
            }}
          />
          {there && !isItself && (
            <Comparison
              object={object}
              here={record}
              there={there}
              taken={taken}
              onTake={(name, isTaken) => {
                const next = new Set(taken);
                if (isTaken) next.add(name);
                else next.delete(name);
                setTaken(next);
              }}
            />
          )}
          {there && !isItself && <Moves object={object} id={textOf(there['id'])} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={isRunning} disabled={!there || isItself}>
              {say(command.label)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

type ComparisonProps = {
  readonly object: BusinessObject;
  readonly here: RecordValues;
  readonly there: RecordValues;
  readonly taken: ReadonlySet<string>;
  readonly onTake: (name: string, isTaken: boolean) => void;
};

function Comparison({ object, here, there, taken, onTake }: ComparisonProps) {
  const { t, say } = useTexts();
  const { differing, filled } = comparedFields(object, here, there);
  return (
    <>
      {differing.length === 0 && <Text size="sm">{t('merge.same')}</Text>}
      {differing.length > 0 && (
        <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table aria-label={t('merge.compare')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('merge.compare')}</Table.Th>
                <Table.Th>{`${t('merge.this')}: ${recordTitle(object, here)}`}</Table.Th>
                <Table.Th>{`${t('merge.other')}: ${recordTitle(object, there)}`}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {differing.map((field) => (
                <Choice key={field.id} field={field} pair={[here, there]} isTaken={taken.has(apiName(field))} onTake={onTake} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {filled.length > 0 && <Text size="sm">{t('merge.filled', { fields: filled.map((field) => say(field.label)).join(', ') })}</Text>}
    </>
  );
}

type ChoiceProps = {
  readonly field: Field;
  readonly pair: readonly [RecordValues, RecordValues];
  readonly isTaken: boolean;
  readonly onTake: ComparisonProps['onTake'];
};

function Choice({ field, pair, isTaken, onTake }: ChoiceProps) {
  const { t, say } = useTexts();
  const { Cell } = useFieldUis()(field);
  return (
    <Table.Tr>
      <Table.Td>{say(field.label)}</Table.Td>
      {pair.map((record, side) => (
        <Table.Td key={textOf(record['id'])}>
          <Group gap={6} wrap="nowrap">
            <Radio
              name={field.id}
              checked={isTaken === (side === 1)}
              onChange={() => onTake(apiName(field), side === 1)}
              aria-label={`${say(field.label)}: ${t(side === 0 ? 'merge.this' : 'merge.other')}`}
            />
            <Cell field={field} value={record[apiName(field)]} record={record} />
          </Group>
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

/** How many records of each kind lead to the other one, as far as the reader may see them. */
function Moves({ object, id }: { readonly object: BusinessObject; readonly id: string }) {
  const { t, say } = useTexts();
  const relations = relationsOf(object, useObjects());
  const counts = useQueries({
    queries: relations.map(({ object: from, field }) => ({
      queryKey: ['related', from.name, field.id, id, 'count'],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        queryRecords(from, { fields: 'id', filter: { [apiName(field)]: { eq: id } }, limit: 1, count: 'exact' }, signal),
    })),
  });
  const moving = relations.flatMap((relation, index) => {
    const count = counts[index]?.data?.count ?? 0;
    return count > 0 ? [{ ...relation, count }] : [];
  });
  if (counts.some((count) => count.isPending)) return null;
  if (moving.length === 0) return <Text size="sm">{t('merge.movesNothing')}</Text>;
  return (
    <div>
      <Text size="sm">{t('merge.moves')}</Text>
      <List size="sm">
        {moving.map(({ object: from, field, count }) => (
          <List.Item key={field.id}>{`${count} ${say(count === 1 ? from.label : from.pluralLabel)} (${say(field.label)})`}</List.Item>
        ))}
      </List>
    </div>
  );
}
