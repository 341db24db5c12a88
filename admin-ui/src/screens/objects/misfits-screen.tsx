import { Anchor, Button, Group, Loader, Table, Text } from '@mantine/core';
import { IconFileTypeCsv, IconListSearch, IconRefresh } from '@tabler/icons-react';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useObjects } from '#admin-ui/src/api/metadata.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import { recordOf, useMisfits, type MetadataChange, type Misfit } from './use-misfits.ts';

/** All records that a change does not fit, which the address names. */
export function MisfitsScreen() {
  const { t } = useTexts();
  const { change } = useSearch({ from: '/app/working/settings/misfits' });
  if (change) return <Misfits key={JSON.stringify(change)} change={change} />;
  return (
    <Page title={t('misfits.title')} icon={<IconListSearch size={24} stroke={1.7} aria-hidden />}>
      <Text>{t('misfits.unknown')}</Text>
    </Page>
  );
}

function Misfits({ change }: { readonly change: MetadataChange }) {
  const { t, say } = useTexts();
  const { pages, rows, save } = useMisfits(change);
  const [isProposed, setProposed] = useState(false);
  const object = useObjects().find((one) => one.id === change['object'] || one.name === change['object']);
  const field = object?.fields.find((one) => one.id === change['field'] || one.name === change['field']);
  const title = object ? t('fields.change', { field: say((field ?? object).label) }) : t('misfits.title');
  return (
    <Page
      title={t('misfits.title')}
      icon={<IconListSearch size={24} stroke={1.7} aria-hidden />}
      actions={
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconFileTypeCsv size={16} aria-hidden />}
            disabled={rows.length === 0}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {t('misfits.csv')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={pages.isFetching && !pages.isFetchingNextPage}
            onClick={() => void pages.refetch()}
          >
            {t('misfits.again')}
          </Button>
          <Button onClick={() => setProposed(true)}>{t('fields.preview')}</Button>
        </Group>
      }
    >
      {object && (
        <Text size="sm" fw={600}>
          {say(object.label)} · {title}
        </Text>
      )}
      <Text size="sm" c="dimmed" mb="md">
        {t('misfits.text')}
      </Text>
      {pages.isError && <Failure error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Loader size="sm" aria-label={t('loading')} />}
      {pages.isSuccess && rows.length === 0 && <Text>{t('misfits.none')}</Text>}
      {rows.length > 0 && <Rows rows={rows} />}
      {rows.length > 0 && (
        <Group mt="sm">
          <Text size="sm" aria-live="polite">
            {t('misfits.shown', { count: rows.length })}
          </Text>
          {pages.hasNextPage && (
            <Button variant="default" size="xs" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {t('misfits.more')}
            </Button>
          )}
        </Group>
      )}
      {isProposed && <ChangeDialog proposed={{ title, change }} onClose={() => setProposed(false)} />}
    </Page>
  );
}

function Rows({ rows }: { readonly rows: readonly Misfit[] }) {
  const { t } = useTexts();
  return (
    <div className="card">
      <DataTable label={t('misfits.title')} minWidth={480} isDense>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('misfits.record')}</Table.Th>
            <Table.Th>{t('misfits.field')}</Table.Th>
            <Table.Th>{t('misfits.value')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.field} ${row.id}`}>
              <Table.Td>
                <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={recordOf(row)} />}>
                  {row.title}
                </Anchor>
              </Table.Td>
              <Table.Td className="dim">{row.field}</Table.Td>
              <Table.Td>{row.value === null ? <span className="dim">–</span> : textOf(row.value)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </DataTable>
    </div>
  );
}
