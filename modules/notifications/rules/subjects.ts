/** The objects that rules can be about, with the service that tells what happens to their records and where it has them. */
export const SUBJECTS = {
  offer: { module: 'offers', event: 'Offer', collection: 'offers' },
  order: { module: 'orders', event: 'Order', collection: 'orders' },
  delivery_note: { module: 'delivery-notes', event: 'DeliveryNote', collection: 'delivery-notes' },
  invoice: { module: 'invoices', event: 'Invoice', collection: 'invoices' },
  payment: { module: 'payments', event: 'Payment', collection: 'payments' },
  customer: { module: 'customers', event: 'Customer', collection: 'customers' },
  approval_request: { module: 'offers', event: 'ApprovalRequest', collection: 'approval-requests' },
  task: { module: 'crm', event: 'Task', collection: 'tasks' },
} as const;

/** One of them. */
export type Subject = keyof typeof SUBJECTS;
