/** A column of a table that tax auditors read: digits after the point make it a number. */
export type AuditColumn = { readonly name: string; readonly kind: 'text' | 'date' | 'number'; readonly isKey?: boolean };

/** A table of the archive, in a CSV file. */
export type AuditTable = {
  readonly file: string;
  readonly name: string;
  readonly description: string;
  readonly columns: readonly AuditColumn[];
};

/** Whose books they are, and of which days. */
export type AuditHead = { readonly supplier: string; readonly from: string; readonly to: string };

/** A line of such a file: semicolons between, texts in quotation marks, days and decimals as German audit software reads them. */
export function auditLine(columns: readonly AuditColumn[], values: readonly (string | null | undefined)[]): string {
  return `${columns.map((column, at) => written(column, values[at] ?? '')).join(';')}\r\n`;
}

/** The names of the columns. */
export function auditHeads(columns: readonly AuditColumn[]): string {
  return `${columns.map(({ name }) => quoted(name)).join(';')}\r\n`;
}

function written({ kind }: AuditColumn, value: string): string {
  if (value === '') return '';
  if (kind === 'number') return value.replace('.', ',');
  if (kind === 'date') return value.slice(0, 10).split('-').toReversed().join('.');
  return quoted(value);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""').replaceAll(/[\r\n]+/g, ' ')}"`;
}

/** The description of the files by the standard for data carriers (GDPdU, index.xml), by which audit software reads them in. */
export function auditIndex({ supplier, from, to }: AuditHead, tables: readonly AuditTable[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE DataSet SYSTEM "gdpdu-01-09-2004.dtd">
<DataSet>
  <Version>1.0</Version>
  <DataSupplier>
    <Name>${escaped(supplier)}</Name>
    <Location></Location>
    <Comment>${escaped(`${from} – ${to}`)}</Comment>
  </DataSupplier>
  <Media>
    <Name>${escaped(`Tessera ${from} – ${to}`)}</Name>
${tables.map((table) => tableXml(table, { from, to })).join('\n')}
  </Media>
</DataSet>
`;
}

function tableXml({ file, name, description, columns }: AuditTable, { from, to }: Pick<AuditHead, 'from' | 'to'>): string {
  const keys = columns.filter(({ isKey }) => isKey === true);
  const others = columns.filter(({ isKey }) => isKey !== true);
  const day = (text: string): string => text.split('-').toReversed().join('.');
  return `    <Table>
      <URL>${escaped(file)}</URL>
      <Name>${escaped(name)}</Name>
      <Description>${escaped(description)}</Description>
      <Validity><Range><From>${day(from)}</From><To>${day(to)}</To></Range><Format>DD.MM.YYYY</Format></Validity>
      <UTF8/>
      <DecimalSymbol>,</DecimalSymbol>
      <DigitGroupingSymbol>.</DigitGroupingSymbol>
      <Range><From>2</From></Range>
      <VariableLength>
        <ColumnDelimiter>;</ColumnDelimiter>
        <RecordDelimiter>&#13;&#10;</RecordDelimiter>
        <TextEncapsulator>&quot;</TextEncapsulator>
${[...keys.map((column) => columnXml('VariablePrimaryKey', column)), ...others.map((column) => columnXml('VariableColumn', column))].join('\n')}
      </VariableLength>
    </Table>`;
}

function columnXml(element: string, { name, kind }: AuditColumn): string {
  const type =
    kind === 'number'
      ? '<Numeric><Accuracy>2</Accuracy></Numeric>'
      : kind === 'date'
        ? '<Date><Format>DD.MM.YYYY</Format></Date>'
        : '<AlphaNumeric/>';
  return `        <${element}><Name>${escaped(name)}</Name>${type}</${element}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
