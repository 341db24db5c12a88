import { Badge, Table } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { askFor } from '../api/client.ts';
import { formatAgo } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import { Failure } from '../ui/failure.tsx';
import { useModuleName } from '../ui/module-name.ts';
import { Page } from '../ui/page.tsx';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';

type Service = {
  readonly module: string;
  readonly reachable: boolean;
  readonly version: number;
  readonly lag: number;
  readonly error: string | null;
  readonly reportedAt: string | null;
};

/** The services: whether each answers, which version of the metadata it serves, what went wrong last. */
export function ServicesScreen() {
  const { t, language } = useTexts();
  const moduleName = useModuleName();
  const query = useQuery({
    queryKey: ['services'],
    queryFn: ({ signal }) => askFor<{ items: readonly Service[]; version: number }>('/api/platform/services', { signal }),
    refetchInterval: 5000,
  });
  return (
    <Page title={t('settings.services')} icon={<IconServer2 size={24} stroke={1.7} aria-hidden />}>
      {query.isError && <Failure error={query.error} />}
      <div className="card">
        <DataTable label={t('settings.services')} minWidth={640}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('services.service')}</Table.Th>
              <Table.Th>{t('services.state')}</Table.Th>
              <Table.Th ta="end">{t('services.version')}</Table.Th>
              <Table.Th ta="end">{t('services.lag')}</Table.Th>
              <Table.Th>{t('services.reported')}</Table.Th>
              <Table.Th>{t('services.error')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(query.data?.items ?? []).map((service) => (
              <Table.Tr key={service.module}>
                <Table.Td fw={600}>{moduleName(service.module)}</Table.Td>
                <Table.Td>
                  <Badge color={service.reachable ? 'green' : 'red'} variant="light" tt="none">
                    {t(service.reachable ? 'services.reachable' : 'services.unreachable')}
                  </Badge>
                </Table.Td>
                <Table.Td className="line-number">{service.version}</Table.Td>
                <Table.Td className="line-number">{service.lag}</Table.Td>
                <Table.Td className="dim">{service.reportedAt === null ? '–' : formatAgo(service.reportedAt, language)}</Table.Td>
                <Table.Td>{service.error ?? ''}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </DataTable>
      </div>
    </Page>
  );
}
