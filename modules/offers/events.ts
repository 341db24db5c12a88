import type { ApprovalAsked } from '#platform/kernel/approvals/words.ts';
import type { Json } from '#platform/kernel/model.ts';
import { defineEvent, type CarriedValues } from '#platform/kernel/module.ts';

const OFFER = { offerId: { type: 'string', format: 'uuid' } } as const;
const REASON = { reason: { type: 'string' } } as const;

/** An offer is complete and asks for approval. */
export const offerSubmitted = defineEvent<{ offerId: string }>('offers', 'OfferSubmitted', {
  type: 'object',
  properties: OFFER,
  required: ['offerId'],
  additionalProperties: false,
});

/** An offer may be sent. */
export const offerApproved = defineEvent<{ offerId: string }>('offers', 'OfferApproved', {
  type: 'object',
  properties: OFFER,
  required: ['offerId'],
  additionalProperties: false,
});

/** An offer goes back to its author, with the reason. */
export const offerRejected = defineEvent<{ offerId: string; reason: string }>('offers', 'OfferRejected', {
  type: 'object',
  properties: { ...OFFER, ...REASON },
  required: ['offerId', 'reason'],
  additionalProperties: false,
});

/** An offer has its number and is the customer's to decide. `netTotal` is a decimal string in `currency`. */
export const offerSent = defineEvent<{ offerId: string; customerId: string; netTotal: string; currency: string }>('offers', 'OfferSent', {
  type: 'object',
  properties: {
    ...OFFER,
    customerId: { type: 'string', format: 'uuid' },
    netTotal: { type: 'string' },
    currency: { type: 'string' },
  },
  required: ['offerId', 'customerId', 'netTotal', 'currency'],
  additionalProperties: false,
});

/** The customer said yes. */
export const offerAccepted = defineEvent<{ offerId: string; acceptedBy: string }>('offers', 'OfferAccepted', {
  type: 'object',
  properties: { ...OFFER, acceptedBy: { type: 'string' } },
  required: ['offerId', 'acceptedBy'],
  additionalProperties: false,
});

/** The customer said no, and why. */
export const offerDeclined = defineEvent<{ offerId: string; reason: string }>('offers', 'OfferDeclined', {
  type: 'object',
  properties: { ...OFFER, ...REASON },
  required: ['offerId', 'reason'],
  additionalProperties: false,
});

/** An offer was not decided in time; `validUntil` was its last day. */
export const offerExpired = defineEvent<{ offerId: string; validUntil: string }>('offers', 'OfferExpired', {
  type: 'object',
  properties: { ...OFFER, validUntil: { type: 'string' } },
  required: ['offerId', 'validUntil'],
  additionalProperties: false,
});

/** An offer was replaced by a new draft of it, `revisionId`; the old one stays readable. */
export const offerRevised = defineEvent<{ offerId: string; revisionId: string; revision: number }>('offers', 'OfferRevised', {
  type: 'object',
  properties: { ...OFFER, revisionId: { type: 'string', format: 'uuid' }, revision: { type: 'integer' } },
  required: ['offerId', 'revisionId', 'revision'],
  additionalProperties: false,
});

const ASKED = {
  type: 'object',
  properties: {
    requestId: { type: 'string', format: 'uuid' },
    document: { type: 'string' },
    documentId: { type: 'string', format: 'uuid' },
    title: { type: 'string' },
    step: { type: 'string' },
    userIds: { type: 'array', items: { type: 'string', format: 'uuid' } },
    dueAt: { type: ['string', 'null'] },
  },
  required: ['requestId', 'document', 'documentId', 'title', 'step', 'userIds', 'dueAt'],
  additionalProperties: false,
} as const;

/** A step of approval has begun: these people are asked. */
export const approvalRequested = defineEvent<ApprovalAsked>('offers', 'ApprovalRequested', ASKED);

/** A step of approval was not decided in time: these people are asked now, those of the role above among them. */
export const approvalEscalated = defineEvent<ApprovalAsked>('offers', 'ApprovalEscalated', ASKED);

/** A line of an offer as the order takes it over. Decimals are strings. */
export type ConvertedLine = {
  readonly offerLineId: string;
  readonly productId: string | null;
  readonly description: string | null;
  readonly quantity: string;
  readonly unit: string | null;
  /** How many of the product's own unit one holds; null for one, absent from offers of before it was told. */
  readonly unitFactor?: string | null;
  readonly unitPrice: string | null;
  readonly discountPercent: string | null;
  readonly vatCategory: string | null;
  readonly vatRate: string | null;
  readonly vatExemptionCode: string | null;
  readonly vatExemptionReason: string | null;
  readonly vatBasis: readonly string[] | null;
  readonly custom: CarriedValues;
};

/** What an order needs to know of the offer that it comes from; `orderId` was drawn by the offer. */
export type OfferConverted = {
  readonly offerId: string;
  readonly orderId: string;
  readonly companyId: string | null;
  readonly ownerId: string | null;
  readonly customerId: string;
  readonly contactId: string | null;
  readonly subject: string | null;
  readonly customerReference: string | null;
  readonly currency: string;
  readonly pricesIncludeTax: boolean;
  readonly shippingAddress: Json;
  readonly custom: CarriedValues;
  readonly lines: readonly ConvertedLine[];
};

const TEXT_OR_NONE = { type: ['string', 'null'] } as const;

/** An accepted offer becomes an order, which has the id `orderId`. */
export const offerConverted = defineEvent<OfferConverted>('offers', 'OfferConverted', {
  type: 'object',
  properties: {
    ...OFFER,
    orderId: { type: 'string', format: 'uuid' },
    companyId: TEXT_OR_NONE,
    ownerId: TEXT_OR_NONE,
    customerId: { type: 'string', format: 'uuid' },
    contactId: TEXT_OR_NONE,
    subject: TEXT_OR_NONE,
    customerReference: TEXT_OR_NONE,
    currency: { type: 'string' },
    pricesIncludeTax: { type: 'boolean' },
    shippingAddress: { type: ['object', 'null'] },
    custom: { type: 'object' },
    lines: { type: 'array', items: { type: 'object' } },
  },
  required: ['offerId', 'orderId', 'customerId', 'currency', 'lines'],
  additionalProperties: false,
});
