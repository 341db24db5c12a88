import type { Json } from '#platform/kernel/model.ts';
import { defineEvent } from '#platform/kernel/module.ts';
import type { Instalment } from '#platform/kernel/money/instalments.ts';

const ID = { type: 'string', format: 'uuid' } as const;
const ID_OR_NONE = { type: ['string', 'null'] } as const;
const TEXT = { type: 'string' } as const;
const QUANTITIES = {
  type: 'array',
  items: { type: 'object', properties: { orderLineId: ID, quantity: TEXT }, required: ['orderLineId', 'quantity'] },
} as const;

const INSTALMENTS = {
  type: 'array',
  items: {
    type: 'object',
    properties: { dueDate: TEXT, amount: TEXT, discountAmount: ID_OR_NONE, discountDate: ID_OR_NONE },
    required: ['dueDate', 'amount'],
  },
} as const;

/** How much of an order's line; a decimal string. */
export type InvoicedQuantity = { readonly orderLineId: string; readonly quantity: string };

/** What all events of an invoice say; without an order it stands for itself. */
type OfInvoice = { readonly invoiceId: string; readonly orderId: string | null; readonly deliveryNoteId: string | null };

/** What an invoice or credit note asks for or gives back: amounts in the document's currency, and its rate to the company's. */
type Sums = {
  readonly customerId: string;
  readonly netTotal: string;
  readonly taxTotal: string;
  readonly grossTotal: string;
  readonly currency: string;
  readonly exchangeRate: string;
};

/** The JSON Schema of an event with these properties, all of them there. */
function schemaOf(properties: Readonly<Record<string, Json>>) {
  const all = { invoiceId: ID, orderId: ID_OR_NONE, deliveryNoteId: ID_OR_NONE, ...properties };
  return { type: 'object', properties: all, required: Object.keys(all), additionalProperties: false } as const;
}

const SUMS = { customerId: ID, netTotal: TEXT, taxTotal: TEXT, grossTotal: TEXT, currency: TEXT, exchangeRate: TEXT } as const;

/** An invoice has its number and asks for its money by `dueDate`, in instalments that add up to the gross total. */
export const invoiceIssued = defineEvent<
  OfInvoice &
    Sums & {
      readonly kind: string;
      readonly companyId: string | null;
      readonly date: string;
      readonly dueDate: string;
      readonly instalments: readonly Instalment[];
      readonly lines: readonly InvoicedQuantity[];
    }
>(
  'invoices',
  'InvoiceIssued',
  schemaOf({ ...SUMS, kind: TEXT, companyId: ID_OR_NONE, date: TEXT, dueDate: TEXT, instalments: INSTALMENTS, lines: QUANTITIES }),
);

/** A draft was thrown away and gives back what its order gave it. */
export const invoiceDiscarded = defineEvent<OfInvoice & { readonly lines: readonly InvoicedQuantity[] }>(
  'invoices',
  'InvoiceDiscarded',
  schemaOf({ lines: QUANTITIES }),
);

/** A credit note takes back some or all of an invoice, perhaps because of a return; its lines may be invoiced again. */
export const invoiceCredited = defineEvent<
  OfInvoice &
    Sums & {
      readonly creditNoteId: string;
      readonly returnNoteId: string | null;
      readonly companyId: string | null;
      readonly date: string;
      readonly lines: readonly InvoicedQuantity[];
    }
>(
  'invoices',
  'InvoiceCredited',
  schemaOf({ ...SUMS, creditNoteId: ID, returnNoteId: ID_OR_NONE, companyId: ID_OR_NONE, date: TEXT, lines: QUANTITIES }),
);

/** Nothing of an invoice is outstanding any more, and it was neither credited nor written off. */
export const invoicePaid = defineEvent<OfInvoice & { readonly customerId: string; readonly grossTotal: string; readonly currency: string }>(
  'invoices',
  'InvoicePaid',
  schemaOf({ customerId: ID, grossTotal: TEXT, currency: TEXT }),
);

/** Something of an invoice was to be paid by `overdueSince` and is not. `outstanding` is all that is not paid of it. */
export const invoiceOverdue = defineEvent<
  OfInvoice & {
    readonly customerId: string;
    readonly companyId: string | null;
    readonly overdueSince: string;
    readonly daysOverdue: number;
    readonly outstanding: string;
    readonly currency: string;
  }
>(
  'invoices',
  'InvoiceOverdue',
  schemaOf({
    customerId: ID,
    companyId: ID_OR_NONE,
    overdueSince: TEXT,
    daysOverdue: { type: 'integer' },
    outstanding: TEXT,
    currency: TEXT,
  }),
);

/** A letter of a dunning run is to be written: what the run found of this customer in this currency. */
export const dunningLetterDue = defineEvent<{ readonly runId: string; readonly customerId: string; readonly currency: string }>(
  'invoices',
  'DunningLetterDue',
  {
    type: 'object',
    properties: { runId: ID, customerId: ID, currency: TEXT },
    required: ['runId', 'customerId', 'currency'],
    additionalProperties: false,
  },
);

/** A customer is reminded by a letter: `total` is what is overdue with interest and fee; each invoice has gone up to `level`. */
export type DunningSent = {
  readonly noticeId: string;
  readonly runId: string;
  readonly customerId: string;
  readonly companyId: string | null;
  readonly level: number;
  readonly channel: string;
  readonly currency: string;
  readonly total: string;
  readonly invoices: readonly { readonly invoiceId: string; readonly level: number; readonly overdue: string }[];
};

const DUNNING_SENT = {
  noticeId: ID,
  runId: ID,
  customerId: ID,
  companyId: ID_OR_NONE,
  level: { type: 'integer' },
  channel: TEXT,
  currency: TEXT,
  total: TEXT,
  invoices: { type: 'array', items: { type: 'object' } },
} as const;

/** A customer is reminded. */
export const dunningSent = defineEvent<DunningSent>('invoices', 'DunningSent', {
  type: 'object',
  properties: DUNNING_SENT,
  required: Object.keys(DUNNING_SENT),
  additionalProperties: false,
});
