import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useObjects } from '#admin-ui/src/api/metadata.ts';
import { useReports, type ReportColumn, type ReportLink, type ReportRow } from '#admin-ui/src/api/reports.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { digitsOf, formatDate, formatDecimal } from '#admin-ui/src/i18n/format.ts';
import { useTexts, type Texts } from '#admin-ui/src/i18n/index.ts';

const AT_THE_END: readonly ReportColumn['type'][] = ['money', 'number', 'percent'];

/** Whether values of the column stand at its end, as numbers do. */
export function isNumeric({ type }: ReportColumn): boolean {
  return AT_THE_END.includes(type);
}

/** A value as people read it, with the way to what it is about. */
export function ReportCell({ column, row }: { readonly column: ReportColumn; readonly row: ReportRow }) {
  const texts = useTexts();
  const text = written(column, row, texts);
  const link = row.row?.links?.[column.name];
  if (text === '') return null;
  return link ? <Leading link={link}>{text}</Leading> : <>{text}</>;
}

/** Whether a figure is nothing: it stands there quietly, so that what there is can be found. */
export function isZero(column: ReportColumn, row: ReportRow): boolean {
  return column.type === 'money' && /^-?0*(\.0*)?$/.test(textOf(row[column.name])) && textOf(row[column.name]) !== '';
}

/** A value in the reader's language; amounts with the digits of their currency. */
export function written({ name, type, options }: ReportColumn, row: ReportRow, { language, say }: Texts): string {
  const value = textOf(row[name]);
  if (value === '') return '';
  if (type === 'date') return formatDate(value, language);
  if (type === 'select') return say(options?.find(({ key }) => key === value)?.label) || value;
  if (type === 'percent') return `${formatDecimal(value, language)} %`;
  if (type === 'number') return formatDecimal(value, language);
  if (type !== 'money') return value;
  return formatDecimal(value, language, { minimum: digitsOf(textOf(row['currency'])), maximum: 9 });
}

/** A link to a record or another report, as far as the reader may go there. */
function Leading({ link, children }: { readonly link: ReportLink; readonly children: ReactNode }) {
  const objects = useObjects();
  const reports = useReports();
  if ('object' in link) {
    if (!objects.some(({ name }) => name === link.object)) return <>{children}</>;
    return (
      <Anchor inherit renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: link.object, id: link.id }} />}>
        {children}
      </Anchor>
    );
  }
  const [module = '', name = ''] = link.report.split('/');
  if (!reports?.some((report) => report.module === module && report.name === name)) return <>{children}</>;
  return (
    <Anchor inherit renderRoot={(props) => <Link {...props} to="/reports/$module/$name" params={{ module, name }} search={link.input} />}>
      {children}
    </Anchor>
  );
}
