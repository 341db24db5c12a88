import type { Json } from '#platform/kernel/model.ts';
import { defineEvent, type EventDefinition } from '#platform/kernel/module.ts';

const ID = { type: 'string', format: 'uuid' } as const;
const TEXT = { type: 'string' } as const;
const TEXT_OR_NONE = { type: ['string', 'null'] } as const;
const INTEGER = { type: 'integer' } as const;

type Data = { readonly [key: string]: Json };
type Properties<D extends Data> = { readonly [Name in keyof D]: Json };

/** A business event all of whose properties are there. */
function fact<D extends Data>(type: string, properties: Properties<D>): EventDefinition<D> {
  return defineEvent<D>('payments', type, { type: 'object', properties, required: Object.keys(properties), additionalProperties: false });
}

/** An amount in its currency, and what it is in the company's: `companyAmount` is `amount` × `exchangeRate`, rounded to `companyCurrency`. */
export type Sum = {
  readonly amount: string;
  readonly currency: string;
  readonly exchangeRate: string;
  readonly companyAmount: string;
  readonly companyCurrency: string;
};

const SUM = { amount: TEXT, currency: TEXT, exchangeRate: TEXT, companyAmount: TEXT, companyCurrency: TEXT } as const;

/** Where money came in or went out: a bank account of the company, or a gateway that pays out later; neither is cash or its like. */
export type Place = { readonly method: string; readonly bankAccountId: string | null; readonly gatewayAccountId: string | null };

const PLACE = { method: TEXT, bankAccountId: TEXT_OR_NONE, gatewayAccountId: TEXT_OR_NONE } as const;

/** Whose money, on which day, under which number and reference. */
type OfCustomer = {
  readonly number: string | null;
  readonly customerId: string;
  readonly companyId: string | null;
  readonly date: string;
  readonly reference: string | null;
};

const OF_CUSTOMER = { number: TEXT_OR_NONE, customerId: ID, companyId: TEXT_OR_NONE, date: TEXT, reference: TEXT_OR_NONE } as const;

/** Money of a customer; `direction` is `in` where it came from them, `out` where it went to them. */
export type PaymentData = OfCustomer & Sum & Place & { readonly paymentId: string; readonly direction: string };

const PAYMENT = { paymentId: ID, direction: TEXT, ...OF_CUSTOMER, ...SUM, ...PLACE } as const;

/**
 * Money of a customer is there: by bank, in cash, or captured by a gateway that owes it to us from now on. It is in their
 * favour until it is allocated. What went `out` is owed to us instead.
 */
export const paymentReceived = fact<PaymentData>('PaymentReceived', PAYMENT);

/** A payment that was recorded by mistake never was: what `PaymentReceived` said is taken back, on this `date`. Its allocations were undone before. */
export const paymentReversed = fact<PaymentData & { readonly reason: string }>('PaymentReversed', { ...PAYMENT, reason: TEXT });

/** What a gateway says of a payment. */
export type GatewayData = {
  readonly paymentId: string;
  readonly number: string | null;
  readonly customerId: string;
  readonly companyId: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly gatewayAccountId: string | null;
  readonly gatewayReference: string | null;
};

const GATEWAY = {
  paymentId: ID,
  number: TEXT_OR_NONE,
  customerId: ID,
  companyId: TEXT_OR_NONE,
  amount: TEXT,
  currency: TEXT,
  gatewayAccountId: TEXT_OR_NONE,
  gatewayReference: TEXT_OR_NONE,
} as const;

/** A gateway has authorized, captured or cancelled a payment (`status`). Money is there with `PaymentReceived` alone. */
export const paymentProcessed = fact<GatewayData & { readonly status: string }>('PaymentProcessed', { ...GATEWAY, status: TEXT });

/** A payment came to nothing: the gateway or the payer's bank refused it. No money has moved. */
export const paymentFailed = fact<GatewayData & { readonly reason: string }>('PaymentFailed', { ...GATEWAY, reason: TEXT });

/**
 * One item was settled against another: `credit` (a payment, a credit note, an early discount, a write-off) against `debit` (an invoice, a refund, a
 * chargeback), by `amount` in `currency` of the debit and `creditAmount` in `creditCurrency` of the credit. In the company's currency the debit is
 * less by `companyAmount` and the credit by `creditCompanyAmount`; what the second is more than the first is `exchangeGain`, a loss where negative.
 */
export type Allocated = {
  readonly allocationId: string;
  readonly debitId: string;
  readonly debitKind: string;
  readonly creditId: string;
  readonly creditKind: string;
  /** The invoice that is settled; null where the debit is none. */
  readonly invoiceId: string | null;
  /** The payment that settles; null where the credit is none. */
  readonly paymentId: string | null;
  readonly customerId: string;
  readonly companyId: string | null;
  readonly date: string;
  readonly amount: string;
  readonly currency: string;
  readonly exchangeRate: string;
  readonly creditAmount: string;
  readonly creditCurrency: string;
  readonly creditExchangeRate: string;
  readonly companyAmount: string;
  readonly creditCompanyAmount: string;
  readonly exchangeGain: string;
  readonly companyCurrency: string;
};

const ALLOCATED = {
  allocationId: ID,
  debitId: ID,
  debitKind: TEXT,
  creditId: ID,
  creditKind: TEXT,
  invoiceId: TEXT_OR_NONE,
  paymentId: TEXT_OR_NONE,
  customerId: ID,
  companyId: TEXT_OR_NONE,
  date: TEXT,
  amount: TEXT,
  currency: TEXT,
  exchangeRate: TEXT,
  creditAmount: TEXT,
  creditCurrency: TEXT,
  creditExchangeRate: TEXT,
  companyAmount: TEXT,
  creditCompanyAmount: TEXT,
  exchangeGain: TEXT,
  companyCurrency: TEXT,
} as const;

/** What was owed is settled by so much. */
export const paymentAllocated = fact<Allocated>('PaymentAllocated', ALLOCATED);

/** What an allocation had settled is owed again, all of it, with its exchange difference; `date` is the day of that. */
export const paymentUnallocated = fact<Allocated & { readonly reason: string }>('PaymentUnallocated', { ...ALLOCATED, reason: TEXT });

/** Money went back to a customer; `fee` is what the gateway kept for it, in `currency`. */
export type RefundData = OfCustomer &
  Sum &
  Place & { readonly refundId: string; readonly paymentId: string; readonly fee: string; readonly reason: string };

const REFUND = { refundId: ID, paymentId: ID, ...OF_CUSTOMER, ...SUM, ...PLACE, fee: TEXT, reason: TEXT } as const;

/** A refund has left us. */
export const refundProcessed = fact<RefundData>('RefundProcessed', REFUND);

/** A refund did not go through. `wasProcessed`: it had counted as gone, and is taken back on this `date`. */
export const refundFailed = fact<RefundData & { readonly wasProcessed: boolean }>('RefundFailed', {
  ...REFUND,
  wasProcessed: { type: 'boolean' },
});

/** The payer's bank takes a payment back: `amount` is gone, and `fee` with it, in `currency`. */
export type ChargebackData = OfCustomer &
  Sum &
  Place & { readonly chargebackId: string; readonly paymentId: string; readonly fee: string; readonly reason: string };

const CHARGEBACK = { chargebackId: ID, paymentId: ID, ...OF_CUSTOMER, ...SUM, ...PLACE, fee: TEXT, reason: TEXT } as const;

/** Opened: the money is gone, and what the payment had settled is owed again. */
export const chargebackReceived = fact<ChargebackData>('ChargebackReceived', CHARGEBACK);

/** Won: the money is back, on this `date`; `fee` is what of the fee came back. */
export const chargebackWon = fact<ChargebackData>('ChargebackWon', CHARGEBACK);

/** Lost: the money stays gone; the customer owes it still. Nothing moves. */
export const chargebackLost = fact<ChargebackData>('ChargebackLost', CHARGEBACK);

/** A gateway has paid out: `gross` was owed to us, `fees` it kept, `net` comes to the bank account; gross = fees + net, in both currencies. */
export type PayoutData = {
  readonly payoutId: string;
  readonly number: string | null;
  readonly companyId: string | null;
  readonly date: string;
  readonly reference: string | null;
  readonly gatewayAccountId: string;
  readonly bankAccountId: string | null;
  readonly currency: string;
  readonly exchangeRate: string;
  readonly gross: string;
  readonly fees: string;
  readonly net: string;
  readonly companyCurrency: string;
  readonly companyGross: string;
  readonly companyFees: string;
  readonly companyNet: string;
};

/** A payout of a gateway is settled. */
export const payoutSettled = fact<PayoutData>('PayoutSettled', {
  payoutId: ID,
  number: TEXT_OR_NONE,
  companyId: TEXT_OR_NONE,
  date: TEXT,
  reference: TEXT_OR_NONE,
  gatewayAccountId: ID,
  bankAccountId: TEXT_OR_NONE,
  currency: TEXT,
  exchangeRate: TEXT,
  gross: TEXT,
  fees: TEXT,
  net: TEXT,
  companyCurrency: TEXT,
  companyGross: TEXT,
  companyFees: TEXT,
  companyNet: TEXT,
});

/** A statement of a bank account is there; nothing of it is posted before its transactions are matched. */
export const bankStatementImported = fact<{
  readonly statementId: string;
  readonly bankAccountId: string;
  readonly companyId: string | null;
  readonly number: string | null;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly openingBalance: string;
  readonly closingBalance: string;
  readonly transactions: number;
}>('BankStatementImported', {
  statementId: ID,
  bankAccountId: ID,
  companyId: TEXT_OR_NONE,
  number: TEXT_OR_NONE,
  from: TEXT,
  to: TEXT,
  currency: TEXT,
  openingBalance: TEXT,
  closingBalance: TEXT,
  transactions: INTEGER,
});
