import type { ChargebackData, PaymentData, PayoutData, Place, RefundData, Sum } from '#modules/payments/events.ts';
import { exact, plain } from '#platform/kernel/decimal.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { figure, type Figure } from '../rules/facts.ts';
import type { PostingDocument } from './document.ts';

/** What is drawn for a posting. */
type Drawn = { readonly id: string; readonly sourceEvent: string };

/** What posting rules tell payments apart by: through a gateway, which owes the money until it pays out, else how it was paid. */
function kindOf({ gatewayAccountId, method }: Place): string {
  return gatewayAccountId === null ? method : 'gateway';
}

/** Money of a customer; what went to them is posted the other way round. */
export function paymentDocument(payment: PaymentData, drawn: Drawn): PostingDocument {
  const sign = payment.direction === 'out' ? -1 : 1;
  const amount = figure(plain(exact(payment.amount).times(sign)), plain(exact(payment.companyAmount).times(sign)));
  return {
    ...ofCustomer(payment, drawn),
    event: 'paymentReceived',
    documentType: 'payment',
    sourceObject: 'payment',
    source: payment.paymentId,
    facts: { figures: { amount }, vat: [], openItem: payment.paymentId },
  };
}

/** Money that went back to a customer, with what that cost. */
export function refundDocument(refund: RefundData, drawn: Drawn): PostingDocument {
  return {
    ...ofCustomer(refund, drawn),
    event: 'refundProcessed',
    documentType: 'refund',
    sourceObject: 'refund',
    source: refund.refundId,
    facts: { figures: withFee(refund), vat: [], openItem: refund.refundId },
  };
}

/** A payment that the payer's bank takes back, or gives back again. */
export function chargebackDocument(chargeback: ChargebackData, event: 'chargebackOpened' | 'chargebackWon', drawn: Drawn): PostingDocument {
  return {
    ...ofCustomer(chargeback, drawn),
    event,
    documentType: 'chargeback',
    sourceObject: 'chargeback',
    source: chargeback.chargebackId,
    facts: { figures: withFee(chargeback), vat: [], openItem: chargeback.chargebackId },
  };
}

/** What a gateway owed, what it kept and what it pays out. */
export function payoutDocument(payout: PayoutData, drawn: Drawn): PostingDocument {
  const { gross, fees, net, companyGross, companyFees, companyNet } = payout;
  const figures = { gross: figure(gross, companyGross), fee: figure(fees, companyFees), net: figure(net, companyNet) };
  return {
    ...drawn,
    event: 'payoutSettled',
    documentType: 'payout',
    documentKind: 'gateway',
    reference: payout.number ?? payout.reference,
    date: payout.date,
    companyId: payout.companyId,
    customerId: null,
    customerName: null,
    invoiceId: null,
    currency: payout.currency,
    exchangeRate: payout.exchangeRate,
    gross,
    sourceObject: 'payout',
    source: payout.payoutId,
    facts: { figures, vat: [], openItem: null },
  };
}

/** What takes back what a document of payments has posted, for a reason. */
export function takenBack(document: PostingDocument, reason: string): PostingDocument {
  const facts = { figures: {}, vat: [], openItem: document.facts.openItem, takesBack: document.source };
  return { ...document, event: 'takenBack', reference: reason, facts };
}

type OfCustomer = Sum & Place & Pick<PaymentData, 'number' | 'reference' | 'date' | 'companyId' | 'customerId'>;

function ofCustomer(data: OfCustomer, drawn: Drawn) {
  const { date, companyId, customerId, currency, exchangeRate } = data;
  const documentKind = kindOf(data);
  const reference = data.number ?? data.reference;
  return {
    ...drawn,
    documentKind,
    reference,
    date,
    companyId,
    customerId,
    customerName: null,
    invoiceId: null,
    currency,
    exchangeRate,
    gross: data.amount,
  };
}

/** The amount as its event converts it, and the fee at the same rate. */
function withFee(data: Sum & { readonly fee: string }): { readonly amount: Figure; readonly fee: Figure } {
  const fee = toCurrency(exact(data.fee).times(data.exchangeRate), data.companyCurrency);
  return { amount: figure(data.amount, data.companyAmount), fee: figure(data.fee, fee) };
}
