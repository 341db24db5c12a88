/** The objects that rules can be about, with the service that tells what happens to their records, and as what its events begin. */
export const SUBJECTS = {
  offer: { module: 'offers', event: 'Offer', id: 'offerId' },
  order: { module: 'orders', event: 'Order', id: 'orderId' },
  delivery_note: { module: 'delivery-notes', event: 'DeliveryNote', id: 'deliveryNoteId' },
  invoice: { module: 'invoices', event: 'Invoice', id: 'invoiceId' },
  payment: { module: 'payments', event: 'Payment', id: 'paymentId' },
  customer: { module: 'customers', event: 'Customer', id: 'customerId' },
  approval_request: { module: 'offers', event: 'ApprovalRequest', id: 'requestId' },
  task: { module: 'crm', event: 'Task', id: 'taskId' },
  lead: { module: 'crm', event: 'Lead', id: 'leadId' },
  opportunity: { module: 'crm', event: 'Opportunity', id: 'opportunityId' },
  activity: { module: 'crm', event: 'Activity', id: 'activityId' },
} as const;

/** One of them. */
export type Subject = keyof typeof SUBJECTS;

/** All of them. */
export function subjects(): readonly Subject[] {
  return Object.keys(SUBJECTS).filter((name): name is Subject => Object.hasOwn(SUBJECTS, name));
}

/** What a template is about by which the letter of several messages is written; no rule is. */
export const DIGEST = 'digest';

/** What a rule is about that has no record: what its event says is all there is. */
export const EVENT_ALONE = 'eventAlone';
