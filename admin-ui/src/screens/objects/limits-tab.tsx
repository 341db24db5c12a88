import { Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { formatDecimal } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';
import { ChangeDialog, type Proposed } from './change-dialog.tsx';
import { EditLink } from './rules-tab.tsx';
import { UniqueTogether } from './unique-together.tsx';
import { useUsage } from './use-usage.ts';

type Props = { readonly object: BusinessObject };

/** What may be there once, how long and how large values may be, and how much of it all there is. */
export function LimitsTab({ object }: Props) {
  const { t, language } = useTexts();
  const usage = useUsage(object);
  const [proposed, setProposed] = useState<Proposed | null>(null);
  const count = (number: number): string => formatDecimal(String(number), language);
  return (
    <Stack>
      {usage && (
        <section className="card section" aria-label={t('objects.tab.limits')}>
          {usage.rows !== null && (
            <Text size="sm">{t(usage.isEstimate ? 'limits.recordsAbout' : 'limits.records', { count: count(usage.rows) })}</Text>
          )}
          <Text size="sm">{t('limits.fields', { count: object.fields.length, most: count(usage.fieldsMost) })}</Text>
        </section>
      )}
      <Bounds object={object} />
      <UniqueTogether object={object} onPropose={setProposed} />
      {proposed && <ChangeDialog proposed={proposed} onClose={() => setProposed(null)} />}
    </Stack>
  );
}

/** Fields whose values are bounded by more than their type. */
function Bounds({ object }: Props) {
  const { t, say } = useTexts();
  const boundsOf = useBounds();
  const bounded = object.fields.flatMap((field) => {
    const bounds = field.system === true || field.state === 'retired' ? [] : boundsOf(field);
    return bounds.length === 0 ? [] : [{ field, bounds }];
  });
  return (
    <section className="card section" aria-label={t('limits.bounds')}>
      <Title order={2} mb="xs">
        {t('limits.bounds')}
      </Title>
      {bounded.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('limits.none')}
        </Text>
      ) : (
        <DataTable label={t('limits.bounds')} minWidth={520} isDense>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('rules.field')}</Table.Th>
              <Table.Th>{t('objects.tab.limits')}</Table.Th>
              <Table.Th w={50}>
                <span className="sr-only">{t('lines.actions')}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {bounded.map(({ field, bounds }) => (
              <Table.Tr key={field.id}>
                <Table.Td fw={600}>{say(field.label)}</Table.Td>
                <Table.Td>{bounds.join(', ')}</Table.Td>
                <Table.Td>
                  <EditLink object={object} field={field} label={t('rules.edit', { field: say(field.label) })} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </DataTable>
      )}
    </section>
  );
}

function useBounds(): (field: Field) => readonly string[] {
  const { t, language } = useTexts();
  const number = (value: unknown): string => formatDecimal(String(value), language);
  return ({ unique, maxLength, minimum, maximum, pattern, precision, scale }) => [
    ...(unique === true ? [t('limits.unique')] : []),
    ...(maxLength === undefined ? [] : [t('limits.length', { count: number(maxLength) })]),
    ...(minimum === undefined ? [] : [t('limits.from', { value: number(minimum) })]),
    ...(maximum === undefined ? [] : [t('limits.to', { value: number(maximum) })]),
    ...(precision !== undefined ? [t('limits.digits', { digits: precision, decimals: scale ?? 0 })] : []),
    ...(precision === undefined && scale !== undefined ? [t('limits.decimals', { count: scale })] : []),
    ...(pattern === undefined ? [] : [t('limits.pattern', { pattern })]),
  ];
}
