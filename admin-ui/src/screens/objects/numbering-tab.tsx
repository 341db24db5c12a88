import { ActionIcon, Button, Group, Table, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useFieldTypes, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { useRecordTitle } from '#admin-ui/src/fields/record-title.ts';
import { formatDecimal } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';
import { NumberSeriesDialog } from './number-series-dialog.tsx';
import { EditLink } from './rules-tab.tsx';
import { useUsage, type NumberSeries, type Usage } from './use-usage.ts';

const NUMBERS: readonly string[] = ['documentNumber', 'autoNumber'];

/** The numbers that its records get: how they are written, what draws them, and which comes next. */
export function NumberingTab({ object }: { readonly object: BusinessObject }) {
  const { t, say } = useTexts();
  const usage = useUsage(object);
  const types = useFieldTypes();
  const [chosen, setChosen] = useState<{ readonly field: Field; readonly series: NumberSeries | undefined } | null>(null);
  const fields = object.fields.filter(({ type, state }) => NUMBERS.includes(type) && state !== 'retired');
  const drawnBy = ({ id, name }: Field): string =>
    object.commands
      .filter(({ draws }) => draws === name || draws === id)
      .map(({ label }) => t('numbering.command', { command: say(label) }))
      .join(', ') || t('numbering.made');
  return (
    <section className="card section" aria-label={t('objects.tab.numbering')}>
      <Text size="sm" c="dimmed" mb="xs">
        {t(fields.length === 0 ? 'numbering.none' : 'numbering.text')}
      </Text>
      {fields.length > 0 && (
        <DataTable label={t('objects.tab.numbering')} minWidth={720} isDense>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('rules.field')}</Table.Th>
              <Table.Th>{t('field.type')}</Table.Th>
              <Table.Th>{t('numbering.format')}</Table.Th>
              <Table.Th>{t('numbering.when')}</Table.Th>
              <Table.Th>{t('numbering.nextNumber')}</Table.Th>
              <Table.Th w={50}>
                <span className="sr-only">{t('lines.actions')}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {fields.map((field) => (
              <Table.Tr key={field.id}>
                <Table.Td fw={600}>{say(field.label)}</Table.Td>
                <Table.Td>{say(types.find(({ name }) => name === field.type)?.label)}</Table.Td>
                <Table.Td>
                  <code>{field.format ?? '{00000}'}</code>
                </Table.Td>
                <Table.Td>{drawnBy(field)}</Table.Td>
                <Table.Td>
                  <Drawn object={object} field={field} usage={usage} onChoose={(series) => setChosen({ field, series })} />
                </Table.Td>
                <Table.Td>
                  <EditLink object={object} field={field} label={t('numbering.edit', { field: say(field.label) })} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </DataTable>
      )}
      {chosen && <NumberSeriesDialog object={object} {...chosen} onClose={() => setChosen(null)} />}
    </section>
  );
}

type DrawnProps = {
  readonly object: BusinessObject;
  readonly field: Field;
  readonly usage: Usage | undefined;
  readonly onChoose: (series: NumberSeries | undefined) => void;
};

/** How far each series has come, and the way to let it go on elsewhere. A field without any may begin with another number than 1. */
function Drawn({ object, field, usage, onChoose }: DrawnProps) {
  const { t } = useTexts();
  if (!usage) return null;
  if (!usage.numbers) return <span className="dim">{t('numbering.unknown')}</span>;
  const series = usage.numbers.filter((one) => one.field === field.id);
  return (
    <>
      {series.length === 0 && <span className="dim">{t('numbering.first')}</span>}
      {series.map((one) => (
        <Series key={`${one.company} ${one.year}`} series={one} onChoose={() => onChoose(one)} />
      ))}
      {(series.length === 0 || (field.type === 'documentNumber' && object.features.company === true)) && (
        <Button size="compact-xs" variant="subtle" onClick={() => onChoose(undefined)}>
          {t(series.length === 0 ? 'numbering.begin' : 'numbering.another')}
        </Button>
      )}
    </>
  );
}

function Series({ series: { company, year, last }, onChoose }: { readonly series: NumberSeries; readonly onChoose: () => void }) {
  const { t, language } = useTexts();
  const title = useRecordTitle('company', company ?? '');
  const of = [company === null ? '' : title, year ?? ''].filter((text) => text !== '').join(' ');
  const number = formatDecimal(String(last + 1), language);
  return (
    <Group gap={4} wrap="nowrap">
      {of !== '' && <span className="dim">{of}: </span>}
      {number}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t('numbering.choose', { number: `${of} ${number}`.trim() })}
        onClick={onChoose}
      >
        <IconPencil size={14} />
      </ActionIcon>
    </Group>
  );
}
