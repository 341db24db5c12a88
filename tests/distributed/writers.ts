import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Client } from '#tests/support/client.ts';

/** Writers under way, and what they know to be written: record ids and their last acknowledged text. */
export type Writers = {
  readonly customers: ReadonlyMap<string, string>;
  readonly offers: ReadonlyMap<string, string>;
  readonly acknowledged: () => number;
  /** Answers that no writer may get: neither done nor "later". */
  readonly refused: () => readonly string[];
  readonly stop: () => Promise<void>;
};

type Books = {
  readonly customers: Map<string, string>;
  readonly offers: Map<string, string>;
  readonly refused: string[];
  acknowledged: number;
};

/**
 * Starts writers that make customers, rename them, and make and change offers for them. What is not answered is sent again with its
 * Idempotency-Key, as a careful client does.
 */
export function startWriters(options: { customers: Client; offers: Client; count: number }): Writers {
  const books: Books = { customers: new Map(), offers: new Map(), refused: [], acknowledged: 0 };
  const stop = new AbortController();
  const running = Array.from({ length: options.count }, (_, writer) => write(options, { books, writer, stop: stop.signal }));
  return {
    customers: books.customers,
    offers: books.offers,
    acknowledged: () => books.acknowledged,
    refused: () => books.refused,
    stop: async () => {
      stop.abort();
      await Promise.all(running);
    },
  };
}

async function write(
  { customers, offers }: { customers: Client; offers: Client },
  { books, writer, stop }: { books: Books; writer: number; stop: AbortSignal },
): Promise<void> {
  for (let round = 0; !stop.aborted; round += 1) {
    const name = `Customer ${writer}.${round}`;
    const customer = await insist(books, (headers) => customers.post('/api/customers/customers', { name }, headers));
    if (!customer) return;
    books.customers.set(customer, name);
    const subject = `Offer ${writer}.${round}`;
    const offer = await insist(books, (headers) => offers.post('/api/offers/offers', { customerId: customer, subject }, headers));
    if (!offer) return;
    books.offers.set(offer, subject);
    const renamed = `${name}, renamed`;
    if (await insist(books, () => customers.patch(`/api/customers/customers/${customer}`, { name: renamed })))
      books.customers.set(customer, renamed);
    const changed = `${subject}, changed`;
    if (await insist(books, () => offers.patch(`/api/offers/offers/${offer}`, { subject: changed }))) books.offers.set(offer, changed);
    await sleep(20);
  }
}

/** Sends until it is answered with success, and answers the record's id; null when it is refused for good. */
async function insist(books: Books, send: (headers: Record<string, string>) => Promise<Answer>): Promise<string | null> {
  const headers = { 'idempotency-key': randomUUID() };
  for (;;) {
    const answer = await send(headers).catch(() => null);
    if (answer && answer.status < 300) {
      books.acknowledged += 1;
      return answer.body.id;
    }
    const isLater = answer === null || answer.status === 503 || (answer.status === 409 && answer.body.code === 'still_running');
    if (!isLater) {
      books.refused.push(`${answer.status} ${JSON.stringify(answer.body)}`);
      return null;
    }
    await sleep(100);
  }
}
