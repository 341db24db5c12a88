import { defineReport, type ReportRow } from '#platform/kernel/report.ts';
import { invalidValues, faultAt } from '#platform/kernel/errors.ts';
import { statement, type StatedAllocation, type StatedItem, type StatementRow } from '../rules/statement.ts';

const KINDS = [
  { key: 'opening', label: { en: 'Opening balance', de: 'Anfangssaldo' } },
  { key: 'invoice', label: { en: 'Invoice', de: 'Rechnung' } },
  { key: 'creditNote', label: { en: 'Credit note', de: 'Gutschrift' } },
  { key: 'writeOff', label: { en: 'Write-off', de: 'Ausbuchung' } },
  { key: 'undone', label: { en: 'Write-off undone', de: 'Ausbuchung zurückgenommen' } },
  { key: 'closing', label: { en: 'Closing balance', de: 'Endsaldo' } },
] as const;

/** A customer's account in a period: what was owed before, each document, what is owed after. */
export const statementOfAccount = defineReport<{ customerId: string; from: string; to: string }>({
  name: 'statement-of-account',
  label: { en: 'Statement of account', de: 'Kontoauszug' },
  help: {
    en: "A customer's account in a period: what was owed before, each document, what is owed after.",
    de: 'Das Konto eines Kunden in einem Zeitraum: was vorher offen war, jeder Beleg, was danach offen ist.',
  },
  reads: ['open_item', 'allocation'],
  input: [
    { name: 'customer', label: { en: 'Customer', de: 'Kunde' }, type: 'lookup', target: 'customer', required: true },
    { name: 'from', label: { en: 'From', de: 'Von' }, type: 'date' },
    { name: 'to', label: { en: 'To', de: 'Bis' }, type: 'date' },
  ],
  columns: [
    { name: 'date', label: { en: 'Date', de: 'Datum' }, type: 'date' },
    { name: 'kind', label: { en: 'What', de: 'Was' }, type: 'select', options: KINDS },
    { name: 'reference', label: { en: 'Reference', de: 'Beleg' }, type: 'text' },
    { name: 'dueDate', label: { en: 'Due date', de: 'Fällig am' }, type: 'date' },
    { name: 'currency', label: { en: 'Currency', de: 'Währung' }, type: 'text' },
    { name: 'amount', label: { en: 'Amount', de: 'Betrag' }, type: 'money' },
    { name: 'balance', label: { en: 'Balance', de: 'Saldo' }, type: 'money' },
  ],
  defaults: (given, today) => {
    const to = given.to ?? today;
    return { from: `${to.slice(0, 4)}-01-01`, to };
  },
  run: async (reading, { customerId, from, to }) => {
    if (from > to) {
      const said = { en: 'The period ends before it begins.', de: 'Der Zeitraum endet, bevor er beginnt.' };
      throw invalidValues([faultAt({ pointer: '/to', field: 'to', rule: 'period' }, said)]);
    }
    const items = await reading.all<StatedItem>('open_item', {
      filter: { customerId, date: { lte: to } },
      fields: 'id,kind,side,date,dueDate,currency,amount,reference,invoiceId,creditNoteId',
      sort: 'date',
    });
    const allocations = await reading.all<StatedAllocation>('allocation', {
      filter: { customerId, undoneOn: { lte: to } },
      fields: 'debitId,creditId,date,amount,undoneOn',
    });
    return { rows: statement(items, allocations, { from, to }).map(reportRow) };
  },
});

/** Opening and closing stand out; a document leads to what it is. */
function reportRow({ document, ...row }: StatementRow): ReportRow {
  if (row.kind === 'opening' || row.kind === 'closing') return { ...row, row: { kind: 'total' } };
  return document ? { ...row, row: { links: { reference: document } } } : row;
}
