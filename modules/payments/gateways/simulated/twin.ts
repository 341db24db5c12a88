import { exact } from '#platform/kernel/decimal.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { GatewayRefusal, GatewaySilence, type Order, type Told, type ToldDispute, type ToldPayout, type ToldRefund } from '../gateway.ts';

/** What a payer, or their bank, does at the gateway. */
export type Outcome = 'pay' | 'decline' | 'abandon';

/** A gateway that lives in memory: the states, webhooks and faults of a real one, for development and tests. Another start has forgotten all. */
export type Twin = {
  readonly create: (order: Order) => Told;
  readonly capture: (reference: string, amount: string) => Told;
  readonly cancel: (reference: string) => Told;
  readonly refund: (reference: string, refund: { readonly key: string; readonly amount: string; readonly reason: string }) => Told;
  readonly find: (payment: { readonly reference: string | null; readonly key: string }) => Told | null;
  readonly findPayout: (reference: string) => ToldPayout | null;
  /** The payer at the checkout. */
  readonly checkout: (reference: string, outcome: Outcome) => void;
  /** The payer's bank takes it back, or decides. */
  readonly dispute: (reference: string, dispute: Pick<ToldDispute, 'amount' | 'status' | 'reason'>) => void;
  /** Pays out all that was captured and not paid out yet; answers the payout's reference. */
  readonly payOut: (currency: string, date: string) => string;
  /** What happened since it was asked last, each as the reference of what it happened to. */
  readonly happened: () => readonly { readonly id: string; readonly kind: 'payment' | 'payout'; readonly reference: string }[];
  /** The next call is carried out and not answered, or not even that. */
  readonly beSilent: (how: 'afterwards' | 'before') => void;
};

type Charge = Told & { readonly isHeld: boolean; readonly paidOut: string };

const FEE_PERCENT = '1.4';
const FEE_FIXED = '0.25';
const DISPUTE_FEE = '15';

/** Opens an empty one. */
export function openTwin(): Twin {
  const charges = new Map<string, Charge>();
  const payouts = new Map<string, ToldPayout>();
  const news: { id: string; kind: 'payment' | 'payout'; reference: string }[] = [];
  let silence: 'afterwards' | 'before' | null = null;

  const said = (kind: 'payment' | 'payout', reference: string): unknown => news.push({ id: `evt_${uuidV7()}`, kind, reference });
  const put = (charge: Charge): Charge => {
    charges.set(charge.reference, charge);
    said('payment', charge.reference);
    return charge;
  };
  const known = (reference: string): Charge => {
    const charge = charges.get(reference);
    if (!charge) throw new GatewayRefusal(`There is no payment ${reference}.`);
    return charge;
  };
  /** Carries a call out; when it is to be silent, before or after it. */
  const answered = (call: () => Charge): Told => {
    const how = silence;
    silence = null;
    if (how === 'before') throw new GatewaySilence('No connection.');
    const told = call();
    if (how === 'afterwards') throw new GatewaySilence('No answer in time.');
    return told;
  };
  const byKey = (key: string): Charge | undefined => [...charges.values()].find((charge) => charge.key === key);
  const create = (order: Order): Charge => byKey(order.key) ?? put(newCharge(order));
  return Object.freeze({
    create: (order: Order) => answered(() => create(order)),
    capture: (reference: string, amount: string) => answered(() => put(captured(known(reference), amount))),
    cancel: (reference: string) => answered(() => put(cancelled(known(reference)))),
    refund: (reference: string, refund: { key: string; amount: string; reason: string }) =>
      answered(() => put(refunded(known(reference), refund))),
    find: ({ reference, key }: { reference: string | null; key: string }) => charges.get(reference ?? '') ?? byKey(key) ?? null,
    findPayout: (reference: string) => payouts.get(reference) ?? null,
    checkout: (reference: string, outcome: Outcome) => void put(checkedOut(known(reference), outcome)),
    dispute: (reference: string, dispute: Pick<ToldDispute, 'amount' | 'status' | 'reason'>) =>
      void put(disputed(known(reference), dispute)),
    payOut: (currency: string, date: string) => {
      const payout = paidOut(charges, currency, date);
      payouts.set(payout.reference, payout);
      said('payout', payout.reference);
      return payout.reference;
    },
    happened: () => news.splice(0),
    beSilent: (how: 'afterwards' | 'before') => void (silence = how),
  });
}

function newCharge(order: Order): Charge {
  const { key, amount, currency, isHeld } = order;
  const reference = `sim_${uuidV7().replaceAll('-', '')}`;
  const nothing = { captured: '0', fee: '0', reason: null, refunds: [], disputes: [], paidOut: '0' };
  return { reference, key, status: 'pending', amount, currency, isHeld, checkoutUrl: null, ...nothing };
}

function checkedOut(charge: Charge, outcome: Outcome): Charge {
  if (charge.status !== 'pending') return charge;
  if (outcome === 'decline') return { ...charge, status: 'failed', reason: 'The card was declined.' };
  if (outcome === 'abandon') return { ...charge, status: 'cancelled' };
  return charge.isHeld ? { ...charge, status: 'authorized' } : captured({ ...charge, status: 'authorized' }, charge.amount);
}

function captured(charge: Charge, amount: string): Charge {
  if (charge.status === 'captured') return charge;
  if (charge.status !== 'authorized' || exact(amount).gt(charge.amount)) throw new GatewayRefusal('This cannot be captured.');
  const fee = toCurrency(exact(amount).times(FEE_PERCENT).div(100).plus(FEE_FIXED), charge.currency);
  return { ...charge, status: 'captured', captured: toCurrency(amount, charge.currency), fee };
}

function cancelled(charge: Charge): Charge {
  if (charge.status === 'captured') throw new GatewayRefusal('It was captured. Refund it.');
  return { ...charge, status: 'cancelled' };
}

function refunded(charge: Charge, { key, amount, reason }: { key: string; amount: string; reason: string }): Charge {
  if (charge.refunds.some((one) => one.key === key)) return charge;
  const gone = charge.refunds.reduce((sum, one) => sum.plus(one.amount), exact(amount));
  if (charge.status !== 'captured' || gone.gt(charge.captured)) throw new GatewayRefusal('More than was captured cannot be refunded.');
  const refund: ToldRefund = { reference: `re_${uuidV7().replaceAll('-', '')}`, key, amount, status: 'processed', reason };
  return { ...charge, refunds: [...charge.refunds, refund] };
}

function disputed(charge: Charge, { amount, status, reason }: Pick<ToldDispute, 'amount' | 'status' | 'reason'>): Charge {
  const [open, ...others] = charge.disputes;
  const dispute: ToldDispute = {
    reference: open?.reference ?? `dp_${uuidV7().replaceAll('-', '')}`,
    amount,
    fee: DISPUTE_FEE,
    status,
    reason,
  };
  return { ...charge, disputes: [dispute, ...others] };
}

/** Pays out what is due, and notes that with the charges. */
function paidOut(charges: Map<string, Charge>, currency: string, date: string): ToldPayout {
  const due = [...charges.values()].filter((charge) => charge.currency === currency && exact(charge.captured).gt(charge.paidOut));
  for (const charge of due) charges.set(charge.reference, { ...charge, paidOut: charge.captured });
  return payoutOf(due, currency, date);
}

function payoutOf(due: readonly Charge[], currency: string, date: string): ToldPayout {
  const reference = `po_${uuidV7().replaceAll('-', '')}`;
  const lines = due.flatMap((charge) => [
    {
      reference: `txn_${charge.reference}`,
      kind: 'payment' as const,
      paymentReference: charge.reference,
      gross: charge.captured,
      fee: charge.fee,
    },
    ...charge.refunds.map((refund) => ({
      reference: `txn_${refund.reference}`,
      kind: 'refund' as const,
      paymentReference: charge.reference,
      gross: `-${refund.amount}`,
      fee: '0',
    })),
  ]);
  const net = lines.reduce((sum, { gross, fee }) => sum.plus(gross).minus(fee), exact(0));
  return { reference, date, currency, net: toCurrency(net, currency), lines };
}
