import { Table, UnstyledButton } from '@mantine/core';
import type { StoredEvent } from '#admin-ui/src/api/audit.ts';
import { useObject, useObjects, type Field } from '#admin-ui/src/api/metadata.ts';
import { formatDateTime } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';
import { useModuleName } from '#admin-ui/src/ui/module-name.ts';
import { useActorName } from './use-actor-name.ts';

const COLUMNS: readonly string[] = ['time', 'type', 'source', 'subject', 'actor', 'position'];

type Props = {
  readonly label: string;
  readonly events: readonly StoredEvent[];
  readonly onOpen: (id: string) => void;
  /** How far each stands in, by its id: what led to it stands before. */
  readonly depths?: ReadonlyMap<string, number>;
  readonly current?: string;
};

/** Events, each a row; its type opens it. */
export function EventTable({ label, events, onOpen, depths, current }: Props) {
  const { t, say, language } = useTexts();
  const object = useObject('event');
  const actorName = useActorName(events.map(({ actor }) => actor));
  const moduleName = useModuleName();
  const subject = useSubject();
  const labelOf = (name: string): Field['label'] | undefined => object?.fields.find((field) => field.name === name)?.label;
  return (
    <DataTable label={label} minWidth={760} isDense>
      <Table.Thead>
        <Table.Tr>
          {COLUMNS.map((name) => (
            <Table.Th key={name} ta={name === 'position' ? 'end' : 'start'}>
              {say(labelOf(name))}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {events.map((event) => (
          <Table.Tr key={event.id} {...(event.id === current ? { 'aria-current': 'true' as const, className: 'audit-current' } : {})}>
            <Table.Td className="audit-time">{formatDateTime(event.time, language)}</Table.Td>
            <Table.Td style={{ paddingInlineStart: `calc(var(--mantine-spacing-md) + ${(depths?.get(event.id) ?? 0) * 14}px)` }}>
              <UnstyledButton
                className="audit-open"
                aria-label={`${event.type}: ${t('audit.open', { position: event.position })}`}
                onClick={() => onOpen(event.id)}
              >
                {event.type}
              </UnstyledButton>
            </Table.Td>
            <Table.Td>{moduleName(event.source.slice(1))}</Table.Td>
            <Table.Td>{subject(event)}</Table.Td>
            <Table.Td>{actorName(event.actor)}</Table.Td>
            <Table.Td ta="end" className="audit-position">
              {event.position}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  );
}

/** What an event is about: the kind of record by its name and the end of its id, which tells it apart, or the subject as it is. */
function useSubject(): (event: StoredEvent) => string {
  const { say } = useTexts();
  const objects = useObjects();
  return ({ object, record, subject }) => {
    const known = objects.find(({ name }) => name === object);
    return known && record !== null ? `${say(known.label)} …${record.slice(-8)}` : subject;
  };
}
