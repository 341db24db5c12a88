import { Anchor, Breadcrumbs, Button, Group, Skeleton, Text } from '@mantine/core';
import { IconFileExport, IconFileTypeCsv, IconFileTypePdf, IconMail, IconPrinter, IconReportAnalytics } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { apiName } from '#admin-ui/src/api/metadata.ts';
import { problemsByPath } from '#admin-ui/src/api/problem.ts';
import { reportPath, useReports, workOut, type KnownReport, type ReportInput, type WorkedReport } from '#admin-ui/src/api/reports.ts';
import { FROM_THE_FIRST } from '#admin-ui/src/api/stock.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Empty } from '#admin-ui/src/ui/empty.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { NotThere } from '#admin-ui/src/ui/not-there.tsx';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { inputFields, ReportInputs } from './report-input.tsx';
import { onlyCurrency, parentsOf } from './report-rows.ts';
import { ReportTable } from './report-table.tsx';
import '#admin-ui/src/styles/reports.css';

/** One report: what it asks for, kept in the address, and what comes of it. */
export function ReportScreen() {
  const { t } = useTexts();
  const { module, name } = useParams({ from: '/app/working/reports/$module/$name' });
  const reports = useReports();
  const report = reports?.find((one) => one.module === module && one.name === name);
  if (reports === null) return <Skeleton height={300} radius="md" aria-label={t('loading')} />;
  if (!report) return <NotThere title={t('notThere.page')} text={t('failure.noPage')} />;
  return <Known key={`${module} ${name}`} report={report} />;
}

function Known({ report }: { readonly report: KnownReport }) {
  const { t, say, language } = useTexts();
  const navigate = useNavigate();
  const given = useSearch({ from: '/app/working/reports/$module/$name' });
  const fields = inputFields(report);
  const missing = fields.filter(
    (field) => field.required === true && (given[apiName(field)] ?? '') === '' && !report.defaults[apiName(field)],
  );
  const query = useInfiniteQuery({
    queryKey: ['report', report.module, report.name, given, language],
    queryFn: ({ pageParam, signal }) => workOut(report, { input: { ...given, language }, after: pageParam }, signal),
    initialPageParam: FROM_THE_FIRST.cursor,
    getNextPageParam: (page) => page.next,
    enabled: missing.length === 0,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
  const [first] = query.data?.pages ?? [];
  const change = (changed: ReportInput): void => {
    const kept = Object.entries({ ...given, ...changed }).filter(([, value]) => value !== '');
    void navigate({ to: '.', search: Object.fromEntries(kept), replace: true });
  };
  const isReady = missing.length === 0 && query.isSuccess;
  return (
    <>
      <Breadcrumbs separator="›" fz="sm" mb={4} className="not-printed">
        <Anchor inherit renderRoot={(props) => <Link {...props} to="/reports" />}>
          {t('frame.reports')}
        </Anchor>
        <span className="dim">{say(report.label)}</span>
      </Breadcrumbs>
      <Page
        title={say(report.label)}
        icon={<IconReportAnalytics size={24} stroke={1.7} aria-hidden />}
        actions={isReady && <Ways report={report} given={given} />}
      >
        <ReportInputs
          report={report}
          values={{ ...report.defaults, ...first?.asked, ...given }}
          problems={problemsByPath(query.error)}
          onChange={change}
        />
        <div aria-live="polite" aria-busy={query.isFetching}>
          {missing.length > 0 ? (
            <Empty
              icon={<IconReportAnalytics size={36} stroke={1.4} aria-hidden />}
              title={t('reports.ask')}
              text={t('reports.askText', { fields: missing.map(({ label }) => say(label)).join(', ') })}
            />
          ) : query.isError ? (
            <Failure error={query.error} onRetry={() => void query.refetch()} />
          ) : query.data ? (
            <Worked report={report} pages={query.data.pages} />
          ) : (
            <Skeleton height={260} radius="md" aria-label={t('loading')} />
          )}
          {query.hasNextPage && missing.length === 0 && (
            <Button
              mt="sm"
              variant="default"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
              className="not-printed"
            >
              {t('reports.more')}
            </Button>
          )}
        </div>
      </Page>
    </>
  );
}

/** The ways in which a report leaves: as CSV, as PDF, or printed as it stands. */
function Ways({ report, given }: { readonly report: KnownReport; readonly given: ReportInput }) {
  const { t, say, language } = useTexts();
  return (
    <Group gap="xs" className="not-printed">
      <Button
        component="a"
        variant="default"
        href={reportPath(report, { ...given, format: 'csv', language })}
        download
        leftSection={<IconFileTypeCsv size={16} aria-hidden />}
      >
        {t('reports.csv')}
      </Button>
      <Button
        component="a"
        variant="default"
        href={reportPath(report, { ...given, format: 'pdf', language })}
        target="_blank"
        rel="noreferrer"
        leftSection={<IconFileTypePdf size={16} aria-hidden />}
      >
        {t('reports.pdf')}
      </Button>
      {report.letter && (
        <Button
          component="a"
          variant="default"
          href={reportPath(report, { ...given, format: 'letter' })}
          target="_blank"
          rel="noreferrer"
          leftSection={<IconMail size={16} aria-hidden />}
        >
          {t('reports.letter')}
        </Button>
      )}
      {report.files.map(({ format, label }) => (
        <Button
          key={format}
          component="a"
          variant="default"
          href={reportPath(report, { ...given, format })}
          download
          leftSection={<IconFileExport size={16} aria-hidden />}
        >
          {say(label)}
        </Button>
      ))}
      <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => globalThis.print()}>
        {t('reports.print')}
      </Button>
    </Group>
  );
}

function Worked({ report, pages }: { readonly report: KnownReport; readonly pages: readonly WorkedReport[] }) {
  const { t, say } = useTexts();
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const rows = pages.flatMap((page) => page.rows);
  const parents = parentsOf(rows);
  const currency = report.columns.some(({ name }) => name === 'currency') ? null : onlyCurrency(rows);
  const fold = (at: number): void => {
    const next = new Set(folded);
    if (!next.delete(at)) next.add(at);
    setFolded(next);
  };
  if (rows.length === 0)
    return (
      <Empty
        icon={<IconReportAnalytics size={36} stroke={1.4} aria-hidden />}
        title={t('reports.nothing')}
        text={t('reports.nothingText')}
      />
    );
  return (
    <>
      <Group gap="md" mb={6} mt="sm">
        <Text size="sm" className="dim">
          {[
            t('reports.rows', { count: rows.length }),
            ...(currency === null ? [] : [t('reports.amountsIn', { currency: textOf(currency) })]),
          ].join(' · ')}
        </Text>
        {parents.length > 0 && (
          <Group gap={4} className="not-printed">
            <Button size="compact-sm" variant="subtle" onClick={() => setFolded(new Set())}>
              {t('reports.expand')}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => setFolded(new Set(parents))}>
              {t('reports.collapse')}
            </Button>
          </Group>
        )}
      </Group>
      <ReportTable label={say(report.label)} columns={report.columns} rows={rows} folded={folded} onFold={fold} />
    </>
  );
}
