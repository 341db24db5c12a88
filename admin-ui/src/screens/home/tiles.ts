/** A view of an object that says how the business stands: how many records it has, and what they come to. */
export type Tile = {
  readonly object: string;
  readonly view: string;
  /** The amount that is added up, by currency. */
  readonly amount?: string;
  /** Whether anything in it is one too many. */
  readonly isLate?: true;
};

/** From the deal to the money, and then what waits for somebody. */
export const TILES: readonly Tile[] = [
  { object: 'opportunity', view: 'open', amount: 'amount' },
  { object: 'offer', view: 'open', amount: 'netTotal' },
  { object: 'order', view: 'toDeliver', amount: 'netTotal' },
  { object: 'order', view: 'toInvoice', amount: 'openAmount' },
  { object: 'invoice', view: 'unpaid', amount: 'outstanding' },
  { object: 'invoice', view: 'overdue', amount: 'outstanding', isLate: true },
  { object: 'bank_transaction', view: 'unmatched' },
  { object: 'posting', view: 'waiting', isLate: true },
  { object: 'return_note', view: 'toSettle' },
  { object: 'stock_item', view: 'low', isLate: true },
  { object: 'lead', view: 'waiting', isLate: true },
  { object: 'message', view: 'failed', isLate: true },
];
