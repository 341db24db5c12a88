import type { BankCsvFormat } from '#metadata/records.gen.ts';
import { exact, isDecimal, plain } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import type { ParsedStatement, ParsedTransaction } from './bank-statement.ts';
import { csvRows } from './csv-rows.ts';

/** How a bank writes its CSV. */
export type CsvFormat = Pick<BankCsvFormat, 'dateColumn' | 'amountColumn'> &
  Partial<
    Pick<
      BankCsvFormat,
      | 'delimiter'
      | 'dateFormat'
      | 'hasDecimalComma'
      | 'valueDateColumn'
      | 'debitMarkColumn'
      | 'currencyColumn'
      | 'nameColumn'
      | 'ibanColumn'
      | 'textColumns'
      | 'referenceColumn'
      | 'balanceColumn'
    >
  >;

const DELIMITERS = { semicolon: ';', comma: ',', tab: '\t' } as const;
const ROWS_MAX = 5000;

/** Reads a statement: whatever stands above the line of the headers is passed over. Refuses what it cannot read, naming the line and column. */
export function csvStatement(content: string, format: CsvFormat): ParsedStatement {
  const rows = csvRows(content, DELIMITERS[format.delimiter ?? 'semicolon']);
  const head = rows.findIndex((row) => indexOf(row, format.dateColumn) >= 0 && indexOf(row, format.amountColumn) >= 0);
  const headers = rows[head];
  if (!headers)
    throw wrong({
      en: `There is no line with the headers ${format.dateColumn} and ${format.amountColumn}. Check the CSV format of the bank account.`,
      de: `Es gibt keine Zeile mit den Überschriften ${format.dateColumn} und ${format.amountColumn}. Prüfen Sie das CSV-Format des Bankkontos.`,
    });
  const numbered = rows.map((row, index) => ({ row, line: index + 1 }));
  const body = numbered.slice(head + 1).filter(({ row }) => (row[indexOf(headers, format.amountColumn)] ?? '') !== '');
  if (body.length === 0 || body.length > ROWS_MAX)
    throw wrong({
      en: `The file has ${body.length} transactions; 1 to ${ROWS_MAX} can be imported at once.`,
      de: `Die Datei hat ${body.length} Umsätze; 1 bis ${ROWS_MAX} lassen sich auf einmal importieren.`,
    });
  const read = body.map(({ row, line }) => readRow(row, { headers, format, line }));
  // Most banks write the newest first; of one day alone the balances tell.
  const [start, end] = [read[0]?.transaction.date ?? '', read.at(-1)?.transaction.date ?? ''];
  const isBackwards = start === end ? !isChain(read) && isChain(read.toReversed()) : start > end;
  const ordered = isBackwards ? read.toReversed() : read;
  const [first, last] = [ordered[0], ordered.at(-1)];
  return {
    openingBalance: first?.balance ? plain(exact(first.balance).minus(first.transaction.amount)) : null,
    closingBalance: last?.balance ?? null,
    transactions: ordered.map(({ transaction }) => transaction),
  };
}

/** Whether each balance is the one before and the transaction. */
function isChain(rows: readonly Read[]): boolean {
  return rows.every(({ transaction, balance }, index) => {
    const before = rows[index - 1]?.balance;
    return !before || (balance !== null && exact(before).plus(transaction.amount).eq(balance));
  });
}

type Place = { readonly headers: readonly string[]; readonly format: CsvFormat; readonly line: number };
type Read = { readonly transaction: ParsedTransaction; readonly balance: string | null };

function readRow(row: readonly string[], { headers, format, line }: Place): Read {
  const cell = (column: string | null | undefined): string => (column ? (row[indexOf(headers, column)] ?? '') : '');
  const at = (column: string) => ({ line, column });
  const amount = amountOf(cell(format.amountColumn), format, at(format.amountColumn));
  const isDebit = /^[sd]/i.test(cell(format.debitMarkColumn)) && exact(amount).gt(0);
  const texts = (format.textColumns ?? '').split(',').map((column) => cell(column.trim()));
  const balance = cell(format.balanceColumn);
  return {
    balance: balance === '' ? null : amountOf(balance, format, at(format.balanceColumn ?? '')),
    transaction: {
      date: dayOf(cell(format.dateColumn), format, at(format.dateColumn)),
      valueDate: cell(format.valueDateColumn) === '' ? null : dayOf(cell(format.valueDateColumn), format, at(format.valueDateColumn ?? '')),
      amount: isDebit ? plain(exact(amount).negated()) : amount,
      currency: cell(format.currencyColumn) || null,
      name: cell(format.nameColumn).slice(0, 200) || null,
      iban: cell(format.ibanColumn).replaceAll(/\s/g, '').toUpperCase().slice(0, 40) || null,
      text: texts.filter(Boolean).join(' ').slice(0, 1000),
      reference: cell(format.referenceColumn).slice(0, 120) || null,
    },
  };
}

function indexOf(headers: readonly string[], column: string | null | undefined): number {
  const wanted = (column ?? '').trim().toLowerCase();
  return headers.findIndex((header) => header.toLowerCase() === wanted);
}

function amountOf(text: string, { hasDecimalComma }: CsvFormat, at: { line: number; column: string }): string {
  const bare = text
    .replaceAll(/[\s'€$]/g, '')
    .replace(/^(.*)-$/, '-$1')
    .replace('−', '-');
  const written = hasDecimalComma === false ? bare.replaceAll(',', '') : bare.replaceAll('.', '').replace(',', '.');
  if (isDecimal(written)) return plain(written);
  throw wrong({
    en: `Line ${at.line}, ${at.column}: ${text.slice(0, 40)} is no amount.`,
    de: `Zeile ${at.line}, ${at.column}: ${text.slice(0, 40)} ist kein Betrag.`,
  });
}

const PARTS = { dmy: [2, 1, 0], mdy: [2, 0, 1], ymd: [0, 1, 2] } as const;

function dayOf(text: string, { dateFormat }: CsvFormat, at: { line: number; column: string }): string {
  const parts = text.split(/\D+/).filter(Boolean);
  const [year = '', month = '', day = ''] = PARTS[dateFormat ?? 'dmy'].map((index) => parts[index] ?? '');
  const iso = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const found = new Date(`${iso}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(iso) && !Number.isNaN(found.getTime()) && found.toISOString().startsWith(iso)) return iso;
  throw wrong({
    en: `Line ${at.line}, ${at.column}: ${text.slice(0, 40)} is no day. Check how the CSV format writes dates.`,
    de: `Zeile ${at.line}, ${at.column}: ${text.slice(0, 40)} ist kein Tag. Prüfen Sie, wie das CSV-Format Daten schreibt.`,
  });
}

function wrong(sentence: Sentence): Error {
  return invalidValues([faultAt({ pointer: '/content', field: 'content', rule: 'statement' }, sentence)]);
}
