import type { Customer } from '#metadata/records.gen.ts';
import { salesContent, type SalesFacts } from '#platform/kernel/documents/sales-document.ts';
import { defineReport, type Reading, type ReportRow } from '#platform/kernel/report.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { invalidValues, faultAt } from '#platform/kernel/errors.ts';
import type { AgedItem } from '../rules/ageing.ts';
import { statedAccounts } from '../rules/statement-letter.ts';
import { statement, type StatedAllocation, type StatementRow } from '../rules/statement.ts';

const KINDS = [
  { key: 'opening', label: { en: 'Opening balance', de: 'Anfangssaldo' } },
  { key: 'invoice', label: { en: 'Invoice', de: 'Rechnung' } },
  { key: 'creditNote', label: { en: 'Credit note', de: 'Gutschrift' } },
  { key: 'payment', label: { en: 'Payment', de: 'Zahlung' } },
  { key: 'discount', label: { en: 'Early discount', de: 'Skonto' } },
  { key: 'writeOff', label: { en: 'Write-off', de: 'Ausbuchung' } },
  { key: 'refund', label: { en: 'Refund', de: 'Erstattung' } },
  { key: 'chargeback', label: { en: 'Chargeback', de: 'Rückbelastung' } },
  { key: 'undone', label: { en: 'Taken back', de: 'Zurückgenommen' } },
  { key: 'exchanged', label: { en: 'Settled in another currency', de: 'In anderer Währung ausgeglichen' } },
  { key: 'closing', label: { en: 'Closing balance', de: 'Endsaldo' } },
] as const;

type StatementInput = { readonly customerId: string; readonly from: string; readonly to: string };

/** A customer's account in a period: what was owed before, each document, what is owed after. */
export const statementOfAccount = defineReport<StatementInput>({
  name: 'statement-of-account',
  label: { en: 'Statement of account', de: 'Kontoauszug' },
  help: {
    en: "A customer's account in a period: what was owed before, each document, what is owed after.",
    de: 'Das Konto eines Kunden in einem Zeitraum: was vorher offen war, jeder Beleg, was danach offen ist.',
  },
  reads: ['open_item', 'allocation'],
  offeredAt: ['customer', 'dunning_notice'],
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
    const { items, allocations } = await accountOf(reading, { customerId, from, to });
    return { rows: statement(items, allocations, { from, to }).map(reportRow) };
  },
  letter: {
    title: { en: 'Statement of account', de: 'Kontoauszug' },
    needs: ({ customerId }) => ({ customer: { object: 'customer', filter: { id: customerId } } }),
    content: async ({ reading, input, facts, language }) => {
      const { customerId, from, to } = input;
      const { items, allocations } = await accountOf(reading, input);
      const [customer] = trusted<readonly Customer[]>(facts['customer'] ?? []);
      const letter = salesContent({ customerId, date: to }, trusted<SalesFacts>(facts), { address: customer?.billingAddress, language });
      return { ...letter, from, to, accounts: statedAccounts(items, allocations, { from, to }) };
    },
  },
});

/** All that has been between the customer and us up to a day. */
async function accountOf(
  reading: Reading,
  { customerId, to }: StatementInput,
): Promise<{ readonly items: readonly AgedItem[]; readonly allocations: readonly StatedAllocation[] }> {
  const items = await reading.all<AgedItem>('open_item', {
    filter: { customerId, date: { lte: to } },
    fields: 'id,kind,side,date,dueDate,currency,amount,reference,voidedOn,instalments,invoiceId,creditNoteId,paymentId',
    sort: 'date',
  });
  const allocations = await reading.all<StatedAllocation>('allocation', {
    filter: { customerId, date: { lte: to } },
    fields: 'debitId,creditId,date,amount,currency,creditAmount,creditCurrency,undoneOn',
  });
  return { items, allocations };
}

/** Opening and closing stand out; a document leads to what it is. */
function reportRow({ document, ...row }: StatementRow): ReportRow {
  if (row.kind === 'opening' || row.kind === 'closing') return { ...row, row: { kind: 'total' } };
  return document ? { ...row, row: { links: { reference: document } } } : row;
}
