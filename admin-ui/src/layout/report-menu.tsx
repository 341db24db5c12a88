import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconMail, IconReportAnalytics } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { apiName, type BusinessObject } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { reportPath, useReports, type KnownReport, type ReportInput } from '../api/reports.ts';
import { textOf } from '../fields/input-frame.ts';
import { useTexts } from '../i18n/index.ts';

/** The reports that tell of a record, and those that can be sent to a customer, as letters. */
export function ReportMenu({ object, record }: { readonly object: BusinessObject; readonly record: RecordValues }) {
  const { t, say } = useTexts();
  const reports = (useReports() ?? []).filter(({ offeredAt }) => offeredAt.includes(object.name));
  if (reports.length === 0) return null;
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconReportAnalytics size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t('frame.reports')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {reports.map((report) => (
          <Menu.Item
            key={report.name}
            leftSection={<IconReportAnalytics size={16} aria-hidden />}
            renderRoot={(props) => (
              <Link
                {...props}
                to="/reports/$module/$name"
                params={{ module: report.module, name: report.name }}
                search={inputOf(report, object, record)}
              />
            )}
          >
            {say(report.label)}
          </Menu.Item>
        ))}
        {reports.map((report) =>
          report.letter ? (
            <Menu.Item
              key={report.name}
              component="a"
              href={reportPath(report, { ...inputOf(report, object, record), format: 'letter' })}
              target="_blank"
              rel="noreferrer"
              leftSection={<IconMail size={16} aria-hidden />}
            >
              {t('reports.asLetter', { name: say(report.letter) })}
            </Menu.Item>
          ) : null,
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What the record answers of what a report asks for: itself where that refers to its kind, else its own reference of the same name. */
function inputOf({ input }: KnownReport, object: BusinessObject, record: RecordValues): ReportInput {
  const known = input.flatMap((field) => {
    if (field.type !== 'lookup') return [];
    const name = apiName(field);
    const value = textOf(field.target === object.name ? record['id'] : record[name]);
    return value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(known);
}
