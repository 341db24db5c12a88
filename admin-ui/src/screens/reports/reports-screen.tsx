import { Anchor, Skeleton, Text, Title } from '@mantine/core';
import { IconReportAnalytics } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useReports, type KnownReport } from '#admin-ui/src/api/reports.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Empty } from '#admin-ui/src/ui/empty.tsx';
import { useModuleName } from '#admin-ui/src/ui/module-name.ts';
import { Page } from '#admin-ui/src/ui/page.tsx';
import '#admin-ui/src/styles/reports.css';

/** All reports that one may have, by the module that tells them. */
export function ReportsScreen() {
  const { t } = useTexts();
  const nameOf = useModuleName();
  const reports = useReports();
  return (
    <Page title={t('frame.reports')} icon={<IconReportAnalytics size={24} stroke={1.7} aria-hidden />}>
      {reports === null && <Skeleton height={200} radius="md" aria-label={t('loading')} />}
      {reports?.length === 0 && (
        <Empty icon={<IconReportAnalytics size={36} stroke={1.4} aria-hidden />} title={t('reports.none')} text={t('reports.noneText')} />
      )}
      {[...Map.groupBy(reports ?? [], ({ module }) => module)].map(([module, own]) => (
        <div key={module} className="report-group">
          <Title order={2} size="h4">
            {nameOf(module)}
          </Title>
          <ul className="report-cards">
            {own.map((report) => (
              <ReportCard key={report.name} report={report} />
            ))}
          </ul>
        </div>
      ))}
    </Page>
  );
}

function ReportCard({ report }: { readonly report: KnownReport }) {
  const { say } = useTexts();
  return (
    <li className="card report-card">
      <Anchor
        fw={600}
        renderRoot={(props) => (
          <Link {...props} to="/reports/$module/$name" params={{ module: report.module, name: report.name }} search={{}} />
        )}
      >
        {say(report.label)}
      </Anchor>
      <Text size="sm" className="dim">
        {say(report.help)}
      </Text>
    </li>
  );
}
