import { Table, Text } from '@mantine/core';
import { useFieldTypes, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { useRecordTitle } from '#admin-ui/src/fields/record-title.ts';
import { formatDecimal } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';
import { EditLink } from './rules-tab.tsx';
import { useUsage, type NumberSeries, type Usage } from './use-usage.ts';

const NUMBERS: readonly string[] = ['documentNumber', 'autoNumber'];

/** The numbers that its records get: how they are written, what draws them, and how far they have come. */
export function NumberingTab({ object }: { readonly object: BusinessObject }) {
  const { t, say } = useTexts();
  const usage = useUsage(object);
  const types = useFieldTypes();
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
              <Table.Th>{t('numbering.drawn')}</Table.Th>
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
                  <Drawn field={field} usage={usage} />
                </Table.Td>
                <Table.Td>
                  {field.custom === true && (
                    <EditLink object={object} field={field} label={t('numbering.edit', { field: say(field.label) })} />
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </DataTable>
      )}
    </section>
  );
}

function Drawn({ field, usage }: { readonly field: Field; readonly usage: Usage | undefined }) {
  const { t } = useTexts();
  if (!usage) return null;
  if (!usage.numbers) return <span className="dim">{t('numbering.unknown')}</span>;
  const series = usage.numbers.filter((one) => one.field === field.id);
  if (series.length === 0) return <span className="dim">{t('numbering.first')}</span>;
  return series.map((one) => <Series key={`${one.company} ${one.year}`} series={one} />);
}

function Series({ series: { company, year, last } }: { readonly series: NumberSeries }) {
  const { language } = useTexts();
  const title = useRecordTitle('company', company ?? '');
  const of = [company === null ? '' : title, year ?? ''].filter((text) => text !== '').join(' ');
  return (
    <div>
      {of !== '' && <span className="dim">{of}: </span>}
      {formatDecimal(String(last), language)}
    </div>
  );
}
