import { stringify } from 'csv-stringify/sync';
import { plainText } from '#platform/kernel/json.ts';
import type { Report, ReportPage } from '#platform/kernel/report.ts';
import { CSV_OUT, harmless } from './csv-file.ts';

/** The rows of a report as CSV, with the names of its columns, as records leave too. */
export async function* reportCsv({ columns }: Report, pages: AsyncIterable<ReportPage>): AsyncGenerator<string> {
  yield `\ufeff${stringify([columns.map((column) => column.name)], CSV_OUT)}`;
  for await (const { rows } of pages) {
    const cells = rows.map((row) => columns.map((column) => harmless(plainText(row[column.name] ?? ''))));
    yield stringify(cells, CSV_OUT);
  }
}
