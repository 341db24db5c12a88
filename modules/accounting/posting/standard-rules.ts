import type { PostingRule, PostingRuleLine } from '#metadata/records.gen.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';

type Line = Pick<PostingRuleLine, 'side' | 'role' | 'figure' | 'isPersonal'>;
type Rule = Pick<PostingRule, 'event' | 'priority' | 'text' | 'condition'> & { readonly name: Sentence; readonly lines: readonly Line[] };

const debit = (role: NonNullable<Line['role']>, figure: Line['figure']): Line => ({ side: 'debit', role, figure });
const credit = (role: NonNullable<Line['role']>, figure: Line['figure']): Line => ({ side: 'credit', role, figure });
const owed = (side: Line['side'], figure: Line['figure']): Line => ({ side, role: 'receivables', figure, isPersonal: true });

const [FIRST, THEN] = [10, 100];

/** The rules that an installation begins with; all of them may be changed. */
export const STANDARD_RULES: readonly Rule[] = [
  {
    name: { en: 'Down payment invoice', de: 'Anzahlungsrechnung' },
    event: 'invoiceIssued',
    priority: FIRST,
    text: '{reference} {customer}',
    condition: { documentKind: 'downPayment' },
    lines: [owed('debit', 'gross'), credit('customerDeposits', 'vatTaxable'), credit('vatOutput', 'vatTax')],
  },
  {
    name: { en: 'Invoice', de: 'Rechnung' },
    event: 'invoiceIssued',
    priority: THEN,
    text: '{reference} {customer}',
    lines: [
      owed('debit', 'gross'),
      credit('revenue', 'vatTaxable'),
      credit('customerDeposits', 'vatDeposits'),
      credit('vatOutput', 'vatTax'),
    ],
  },
  {
    name: { en: 'Credit note for a down payment', de: 'Gutschrift zu einer Anzahlung' },
    event: 'invoiceCredited',
    priority: FIRST,
    text: '{reference} {customer}',
    condition: { documentKind: 'downPayment' },
    lines: [debit('customerDeposits', 'vatTaxable'), debit('vatOutput', 'vatTax'), owed('credit', 'gross')],
  },
  {
    name: { en: 'Credit note', de: 'Gutschrift' },
    event: 'invoiceCredited',
    priority: THEN,
    text: '{reference} {customer}',
    lines: [
      debit('revenue', 'vatTaxable'),
      debit('customerDeposits', 'vatDeposits'),
      debit('vatOutput', 'vatTax'),
      owed('credit', 'gross'),
    ],
  },
  {
    name: { en: 'Delivery', de: 'Lieferung' },
    event: 'goodsDelivered',
    priority: THEN,
    text: '{reference}',
    lines: [debit('costOfGoodsSold', 'cost'), credit('stock', 'cost')],
  },
  {
    name: { en: 'Returned goods', de: 'Zurückgekommene Ware' },
    event: 'goodsReturned',
    priority: THEN,
    text: '{reference}',
    lines: [debit('stock', 'cost'), credit('costOfGoodsSold', 'cost')],
  },
  {
    name: { en: 'Received goods', de: 'Wareneingang' },
    event: 'goodsReceived',
    priority: THEN,
    text: '{reference}',
    lines: [debit('stock', 'cost'), credit('goodsReceived', 'cost')],
  },
  {
    name: { en: 'Counted stock', de: 'Gezählter Bestand' },
    event: 'stockAdjusted',
    priority: THEN,
    text: '{reference}',
    lines: [debit('stock', 'cost'), credit('stockAdjustment', 'cost')],
  },
  {
    name: { en: 'Write-off', de: 'Ausbuchung' },
    event: 'itemWrittenOff',
    priority: THEN,
    text: '{reference} {customer}',
    lines: [debit('badDebt', 'vatTaxable'), debit('vatOutput', 'vatTax'), owed('credit', 'gross')],
  },
  {
    name: { en: 'Early discount', de: 'Skonto' },
    event: 'discountAllowed',
    priority: THEN,
    text: '{reference} {customer}',
    lines: [debit('discount', 'vatTaxable'), debit('vatOutput', 'vatTax'), owed('credit', 'gross')],
  },
  {
    name: { en: 'Exchange difference', de: 'Kursdifferenz' },
    event: 'itemSettled',
    priority: THEN,
    text: '{reference} {customer}',
    lines: [
      owed('debit', 'exchangeGain'),
      credit('exchangeGain', 'exchangeGain'),
      debit('exchangeLoss', 'exchangeLoss'),
      owed('credit', 'exchangeLoss'),
    ],
  },
  {
    name: { en: 'Payment by a gateway', de: 'Zahlung über Zahlungsdienst' },
    event: 'paymentReceived',
    priority: FIRST,
    text: '{reference} {customer}',
    condition: { documentKind: 'gateway' },
    lines: [debit('gatewayClearing', 'amount'), owed('credit', 'amount')],
  },
  {
    name: { en: 'Payment in cash', de: 'Barzahlung' },
    event: 'paymentReceived',
    priority: FIRST,
    text: '{reference} {customer}',
    condition: { documentKind: 'cash' },
    lines: [debit('cash', 'amount'), owed('credit', 'amount')],
  },
  {
    name: { en: 'Payment by bank', de: 'Zahlung über die Bank' },
    event: 'paymentReceived',
    priority: THEN,
    text: '{reference} {customer}',
    lines: [debit('bank', 'amount'), owed('credit', 'amount')],
  },
  {
    name: { en: 'Refund by a gateway', de: 'Erstattung über Zahlungsdienst' },
    event: 'refundProcessed',
    priority: FIRST,
    text: '{reference} {customer}',
    condition: { documentKind: 'gateway' },
    lines: [owed('debit', 'amount'), debit('gatewayFees', 'fee'), credit('gatewayClearing', 'amount'), credit('gatewayClearing', 'fee')],
  },
  {
    name: { en: 'Refund by bank', de: 'Erstattung über die Bank' },
    event: 'refundProcessed',
    priority: THEN,
    text: '{reference} {customer}',
    lines: [owed('debit', 'amount'), debit('gatewayFees', 'fee'), credit('bank', 'amount'), credit('bank', 'fee')],
  },
  {
    name: { en: 'Chargeback', de: 'Rückbelastung' },
    event: 'chargebackOpened',
    priority: FIRST,
    text: '{reference} {customer}',
    condition: { documentKind: 'gateway' },
    lines: [owed('debit', 'amount'), debit('chargebackFees', 'fee'), credit('gatewayClearing', 'amount'), credit('gatewayClearing', 'fee')],
  },
  {
    name: { en: 'Returned direct debit', de: 'Rücklastschrift' },
    event: 'chargebackOpened',
    priority: THEN,
    text: '{reference} {customer}',
    lines: [owed('debit', 'amount'), debit('chargebackFees', 'fee'), credit('bank', 'amount'), credit('bank', 'fee')],
  },
  {
    name: { en: 'Chargeback won', de: 'Gewonnene Rückbelastung' },
    event: 'chargebackWon',
    priority: FIRST,
    text: '{reference} {customer}',
    condition: { documentKind: 'gateway' },
    lines: [debit('gatewayClearing', 'amount'), debit('gatewayClearing', 'fee'), owed('credit', 'amount'), credit('chargebackFees', 'fee')],
  },
  {
    name: { en: 'Returned direct debit won', de: 'Gewonnene Rücklastschrift' },
    event: 'chargebackWon',
    priority: THEN,
    text: '{reference} {customer}',
    lines: [debit('bank', 'amount'), debit('bank', 'fee'), owed('credit', 'amount'), credit('chargebackFees', 'fee')],
  },
  {
    name: { en: 'Payout of a gateway', de: 'Auszahlung eines Zahlungsdiensts' },
    event: 'payoutSettled',
    priority: THEN,
    text: '{reference}',
    lines: [debit('bank', 'net'), debit('gatewayFees', 'fee'), credit('gatewayClearing', 'gross')],
  },
];
