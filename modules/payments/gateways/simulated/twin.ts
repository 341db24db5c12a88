import type { SimulatedTransaction } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Begin, Work } from '#platform/kernel/module.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { GatewayRefusal, GatewaySilence, type Order, type Told, type ToldDispute, type ToldPayout } from '../gateway.ts';
import { cancelled, captured, checkedOut, disputed, newCharge, payoutOf, refunded, type Charge, type Outcome } from './charge.ts';

type Kind = NonNullable<SimulatedTransaction['kind']>;

/** Something that happened, and to what. */
export type News = { readonly id: string; readonly kind: Kind; readonly reference: string };

/** The next call is carried out and not answered, or not even that. */
export type Faults = { silence: 'afterwards' | 'before' | null };

/** The states, webhooks and faults of a real gateway, for development and tests. */
export type Twin = {
  readonly create: (order: Order) => Promise<Told>;
  readonly capture: (reference: string, amount: string) => Promise<Told>;
  readonly cancel: (reference: string) => Promise<Told>;
  readonly refund: (reference: string, refund: { readonly key: string; readonly amount: string; readonly reason: string }) => Promise<Told>;
  readonly find: (payment: { readonly reference: string | null; readonly key: string }) => Promise<Told | null>;
  readonly findPayout: (reference: string) => Promise<ToldPayout | null>;
  /** The payer at the checkout. */
  readonly checkout: (reference: string, outcome: Outcome) => Promise<Told>;
  /** The payer's bank takes it back, or decides. */
  readonly dispute: (reference: string, dispute: Pick<ToldDispute, 'amount' | 'status' | 'reason'>) => Promise<Told>;
  /** Pays out what was captured and not paid out yet; answers the payout's reference. */
  readonly payOut: (currency: string, date: string) => Promise<string>;
  /** What happened since it was asked last, each as the reference of what it happened to. */
  readonly happened: () => Promise<readonly News[]>;
};

const OBJECT = 'simulated_transaction';

/** Of how many at most a payout is, and webhooks are sent at a time; the rest is for the next time. */
const AT_ONCE_MAX = 200;

/**
 * Opens the simulated gateway on what it has kept. Each call is a transaction of its own, so that what it did stays done when the transaction of whoever
 * asked is taken back, and is known after another start: like the memory of a real one.
 */
export function openTwin(begin: Begin, faults: Faults): Twin {
  /** Carries a call out; when it is to be silent, before or after it. */
  const answered = async (call: () => Promise<Told>): Promise<Told> => {
    const how = faults.silence;
    faults.silence = null;
    if (how === 'before') throw new GatewaySilence('No connection.');
    const told = await call();
    if (how === 'afterwards') throw new GatewaySilence('No answer in time.');
    return told;
  };
  const change = (reference: string, to: (charge: Charge) => Charge): Promise<Told> => begin((work) => changed(work, reference, to));
  const find: Twin['find'] = ({ reference, key }) =>
    begin(async (work) => chargeIn((await only(work, { kind: 'payment', reference })) ?? (await only(work, { kind: 'payment', key }))));
  return Object.freeze({
    create: (order) => answered(() => created(begin, order)),
    capture: (reference, amount) => answered(() => change(reference, (charge) => captured(charge, amount))),
    cancel: (reference) => answered(() => change(reference, cancelled)),
    refund: (reference, refund) => answered(() => change(reference, (charge) => refunded(charge, refund))),
    find,
    findPayout: (reference) =>
      begin(async (work) => trusted<ToldPayout | null>((await only(work, { kind: 'payout', reference }))?.state ?? null)),
    checkout: (reference, outcome) => change(reference, (charge) => checkedOut(charge, outcome)),
    dispute: (reference, dispute) => change(reference, (charge) => disputed(charge, dispute)),
    payOut: (currency, date) => begin((work) => paidOut(work, currency, date)),
    happened: () => begin(taken),
  } satisfies Twin);
}

/** Once for each key: of two at once the second finds what the first has made. */
async function created(begin: Begin, order: Order): Promise<Told> {
  const made = (work: Work): Promise<Told | null> => only(work, { kind: 'payment', key: order.key }).then(chargeIn);
  try {
    return await begin(async (work) => (await made(work)) ?? keep(work, newCharge(order)));
  } catch (error) {
    const before = error instanceof Refusal && error.code === 'duplicate' ? await begin(made) : null;
    if (!before) throw error;
    return before;
  }
}

async function keep(work: Work, charge: Charge): Promise<Told> {
  const { reference, key } = charge;
  await work.create(OBJECT, uuidV7(), { kind: 'payment', reference, key, state: charge, isDue: false, ...withNews([]) });
  return charge;
}

async function changed(work: Work, reference: string, to: (charge: Charge) => Charge): Promise<Told> {
  const found = await only(work, { kind: 'payment', reference });
  if (!found) throw new GatewayRefusal(`There is no payment ${reference}.`);
  const row = await work.lock<SimulatedTransaction>(OBJECT, found.id);
  const before = trusted<Charge>(row.state);
  const charge = to(before);
  const isDue = row.isDue === true || (before.status !== 'captured' && charge.status === 'captured');
  await work.save(OBJECT, { id: row.id, state: charge, isDue, ...withNews(newsOf(row)) });
  return charge;
}

async function paidOut(work: Work, currency: string, date: string): Promise<string> {
  const due = await work.query<SimulatedTransaction>(OBJECT, { filter: { isDue: true }, sort: 'createdAt', limit: AT_ONCE_MAX });
  const charges: Charge[] = [];
  for (const { id } of due) {
    const row = await work.lock<SimulatedTransaction>(OBJECT, id);
    const charge = trusted<Charge>(row.state);
    if (row.isDue !== true || charge.currency !== currency) continue;
    charges.push(charge);
    await work.save(OBJECT, { id, isDue: false });
  }
  const payout = payoutOf(charges, currency, date);
  await work.create(OBJECT, uuidV7(), { kind: 'payout', reference: payout.reference, state: payout, isDue: false, ...withNews([]) });
  return payout.reference;
}

/** Takes the news there is, so that nobody else sends it too. */
async function taken(work: Work): Promise<readonly News[]> {
  const query = { filter: { hasNews: true }, sort: 'updatedAt', limit: AT_ONCE_MAX };
  const news: News[] = [];
  for (const { id } of await work.query<SimulatedTransaction>(OBJECT, query)) {
    const row = await work.lock<SimulatedTransaction>(OBJECT, id);
    news.push(...newsOf(row).map((event) => ({ id: event, kind: row.kind, reference: row.reference })));
    await work.save(OBJECT, { id, news: [], hasNews: false });
  }
  return news;
}

/** One thing more has happened. */
function withNews(before: readonly string[]): { readonly news: readonly string[]; readonly hasNews: true } {
  return { news: [...before, `evt_${uuidV7()}`], hasNews: true };
}

function newsOf({ news }: SimulatedTransaction): readonly string[] {
  return trusted<readonly string[] | null | undefined>(news) ?? [];
}

function chargeIn(row: SimulatedTransaction | null): Charge | null {
  return row && trusted<Charge>(row.state);
}

type Wanted = { readonly kind: Kind; readonly reference?: string | null; readonly key?: string };

async function only(work: Work, wanted: Wanted): Promise<SimulatedTransaction | null> {
  if (!wanted.reference && !wanted.key) return null;
  const [found] = await work.query<SimulatedTransaction>(OBJECT, { filter: wanted, limit: 1 });
  return found ?? null;
}
