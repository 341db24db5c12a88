import { defineEvent } from '#platform/kernel/module.ts';

const ID = { type: 'string', format: 'uuid' } as const;
const ID_OR_NONE = { type: ['string', 'null'] } as const;
const TEXT = { type: 'string' } as const;

/** An entry stands in the ledger: `total` is the sum of either side, in the company's currency. */
export type Posted = {
  readonly entryId: string;
  readonly number: string;
  readonly companyId: string | null;
  readonly date: string;
  readonly periodId: string;
  readonly documentType: string;
  readonly total: string;
  readonly currency: string;
  readonly sourceObject: string | null;
  readonly sourceId: string | null;
  readonly sourceEvent: string | null;
  readonly reversalOf: string | null;
};

const POSTED = {
  entryId: ID,
  number: TEXT,
  companyId: ID_OR_NONE,
  date: TEXT,
  periodId: ID,
  documentType: TEXT,
  total: TEXT,
  currency: TEXT,
  sourceObject: ID_OR_NONE,
  sourceId: ID_OR_NONE,
  sourceEvent: ID_OR_NONE,
  reversalOf: ID_OR_NONE,
} as const;

/** An entry stands in the ledger. */
export const transactionPosted = defineEvent<Posted>('accounting', 'TransactionPosted', {
  type: 'object',
  properties: POSTED,
  required: Object.keys(POSTED),
  additionalProperties: false,
});

/** The balances of some accounts of a period are others now, because of so many entries. */
export const glUpdated = defineEvent<{
  readonly companyId: string | null;
  readonly periodId: string;
  readonly accountIds: readonly string[];
  readonly entries: number;
}>('accounting', 'GLUpdated', {
  type: 'object',
  properties: { companyId: ID_OR_NONE, periodId: ID, accountIds: { type: 'array', items: ID }, entries: { type: 'integer' } },
  required: ['companyId', 'periodId', 'accountIds', 'entries'],
  additionalProperties: false,
});

/** Nothing more of these kinds of documents is posted in a period: for good, or until it is reopened. */
export const periodClosed = defineEvent<{
  readonly periodId: string;
  readonly companyId: string | null;
  readonly from: string;
  readonly to: string;
  readonly isForGood: boolean;
  readonly documents: readonly string[];
}>('accounting', 'PeriodClosed', {
  type: 'object',
  properties: {
    periodId: ID,
    companyId: ID_OR_NONE,
    from: TEXT,
    to: TEXT,
    isForGood: { type: 'boolean' },
    documents: { type: 'array', items: TEXT },
  },
  required: ['periodId', 'companyId', 'from', 'to', 'isForGood', 'documents'],
  additionalProperties: false,
});

/** A period takes postings again; somebody says why. */
export const periodReopened = defineEvent<{
  readonly periodId: string;
  readonly companyId: string | null;
  readonly documents: readonly string[];
  readonly reason: string;
}>('accounting', 'PeriodReopened', {
  type: 'object',
  properties: { periodId: ID, companyId: ID_OR_NONE, documents: { type: 'array', items: TEXT }, reason: TEXT },
  required: ['periodId', 'companyId', 'documents', 'reason'],
  additionalProperties: false,
});

/**
 * The control accounts of receivables and the open items do not say the same as of a day, also not when asked again a little later. Amounts are in
 * `currency`; `difference` is what the accounts have more; `customers` is of how many customers they differ.
 */
export const receivablesDisagree = defineEvent<{
  readonly checkId: string;
  readonly companyId: string | null;
  readonly asOf: string;
  readonly currency: string;
  readonly controlAccounts: string;
  readonly openItems: string;
  readonly aged: string;
  readonly difference: string;
  readonly customers: number;
  readonly waiting: number;
}>('accounting', 'ReceivablesDisagree', {
  type: 'object',
  properties: {
    checkId: ID,
    companyId: ID_OR_NONE,
    asOf: TEXT,
    currency: TEXT,
    controlAccounts: TEXT,
    openItems: TEXT,
    aged: TEXT,
    difference: TEXT,
    customers: { type: 'integer' },
    waiting: { type: 'integer' },
  },
  required: ['checkId', 'companyId', 'asOf', 'currency', 'controlAccounts', 'openItems', 'aged', 'difference', 'customers', 'waiting'],
  additionalProperties: false,
});

/**
 * An entry is not as it was posted, or not there: `position` is its place in the chain, `number` what it is called. The first is told; all that comes behind
 * `verified` stands on it.
 */
export const journalChainBroken = defineEvent<{
  readonly checkId: string;
  readonly reason: string;
  readonly position: number | null;
  readonly entryId: string | null;
  readonly number: string | null;
  readonly length: number;
  readonly verified: number;
}>('accounting', 'JournalChainBroken', {
  type: 'object',
  properties: {
    checkId: ID,
    reason: { enum: ['altered', 'unlinked', 'missing', 'cutOff', 'unchained'] },
    position: { type: ['integer', 'null'] },
    entryId: ID_OR_NONE,
    number: ID_OR_NONE,
    length: { type: 'integer' },
    verified: { type: 'integer' },
  },
  required: ['checkId', 'reason', 'position', 'entryId', 'number', 'length', 'verified'],
  additionalProperties: false,
});
