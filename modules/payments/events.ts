import { defineEvent } from '#platform/kernel/module.ts';

const ID = { type: 'string', format: 'uuid' } as const;
const ID_OR_NONE = { type: ['string', 'null'] } as const;
const TEXT = { type: 'string' } as const;

/** One item was settled against another: `credit` (a credit note, a write-off) against `debit` (an invoice), by a decimal amount in `currency`. */
export type Allocated = {
  readonly allocationId: string;
  readonly debitId: string;
  readonly debitKind: string;
  readonly creditId: string;
  readonly creditKind: string;
  readonly invoiceId: string | null;
  readonly customerId: string;
  readonly companyId: string | null;
  readonly date: string;
  readonly amount: string;
  readonly currency: string;
};

const ALLOCATED = {
  allocationId: ID,
  debitId: ID,
  debitKind: TEXT,
  creditId: ID,
  creditKind: TEXT,
  invoiceId: ID_OR_NONE,
  customerId: ID,
  companyId: ID_OR_NONE,
  date: TEXT,
  amount: TEXT,
  currency: TEXT,
} as const;

/** What was owed is settled by so much. */
export const paymentAllocated = defineEvent<Allocated>('payments', 'PaymentAllocated', {
  type: 'object',
  properties: ALLOCATED,
  required: Object.keys(ALLOCATED),
  additionalProperties: false,
});

/** What an allocation had settled is owed again; `date` is the day of that. */
export const paymentUnallocated = defineEvent<Allocated & { readonly reason: string }>('payments', 'PaymentUnallocated', {
  type: 'object',
  properties: { ...ALLOCATED, reason: TEXT },
  required: [...Object.keys(ALLOCATED), 'reason'],
  additionalProperties: false,
});
