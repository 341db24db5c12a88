import { defineEvent } from '#platform/kernel/module.ts';

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
