import { Button, Group, Modal, Radio, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { apiName, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import type { Conflict } from './use-save.ts';

type Props = {
  readonly object: BusinessObject;
  readonly conflict: Conflict;
  readonly onChoose: (keptFields: ReadonlySet<string>) => void;
  readonly onClose: () => void;
};

/** Two people changed the same field: before, theirs, mine; one is chosen for each. */
export function ConflictDialog({ conflict, onChoose, onClose }: Props) {
  const { t } = useTexts();
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set(conflict.fields.map(apiName)));
  return (
    <Modal opened onClose={onClose} size="lg" title={t('conflict.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack>
        <Text size="sm">{t('conflict.text')}</Text>
        {conflict.fields.length > 1 && (
          <Group gap="xs">
            <Button size="compact-sm" variant="default" onClick={() => setKept(new Set())}>
              {t('conflict.allTheirs')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setKept(new Set(conflict.fields.map(apiName)))}>
              {t('conflict.allMine')}
            </Button>
          </Group>
        )}
        <Table aria-label={t('conflict.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('filter.field')}</Table.Th>
              <Table.Th>{t('conflict.before')}</Table.Th>
              <Table.Th>{t('conflict.theirs')}</Table.Th>
              <Table.Th>{t('conflict.mine')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {conflict.fields.map((field) => (
              <Row
                key={field.id}
                field={field}
                conflict={conflict}
                isMine={kept.has(apiName(field))}
                onChoose={(isMine) => {
                  const next = new Set(kept);
                  if (isMine) next.add(apiName(field));
                  else next.delete(apiName(field));
                  setKept(next);
                }}
              />
            ))}
          </Table.Tbody>
        </Table>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button onClick={() => onChoose(kept)}>{t('action.save')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

type RowProps = {
  readonly field: Field;
  readonly conflict: Conflict;
  readonly isMine: boolean;
  readonly onChoose: (isMine: boolean) => void;
};

function Row({ field, conflict, isMine, onChoose }: RowProps) {
  const { say, t } = useTexts();
  const { Cell } = useFieldUis()(field);
  const shown = (record: RecordValues) => <Cell field={field} value={record[apiName(field)]} record={record} />;
  return (
    <Table.Tr>
      <Table.Td>{say(field.label)}</Table.Td>
      <Table.Td className="dim">{shown(conflict.before)}</Table.Td>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          <Radio
            name={field.id}
            checked={!isMine}
            onChange={() => onChoose(false)}
            aria-label={`${say(field.label)}: ${t('conflict.theirs')}`}
          />
          {shown(conflict.theirs.record)}
        </Group>
      </Table.Td>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          <Radio
            name={field.id}
            checked={isMine}
            onChange={() => onChoose(true)}
            aria-label={`${say(field.label)}: ${t('conflict.mine')}`}
          />
          {shown({ ...conflict.before, ...conflict.mine })}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
