import { exact } from '#platform/kernel/decimal.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { GatewayRefusal, type Order, type Told, type ToldDispute, type ToldPayout, type ToldRefund } from '../gateway.ts';

/** What a payer, or their bank, does at the gateway. */
export type Outcome = 'pay' | 'decline' | 'abandon';

/** A payment as the simulated gateway keeps it. */
export type Charge = Told & { readonly isHeld: boolean };

const FEE_PERCENT = '1.4';
const FEE_FIXED = '0.25';
const DISPUTE_FEE = '15';

/** What was asked for and waits for the payer. */
export function newCharge(order: Order): Charge {
  const { key, amount, currency, isHeld } = order;
  const reference = `sim_${uuidV7().replaceAll('-', '')}`;
  const nothing = { captured: '0', fee: '0', reason: null, refunds: [], disputes: [] };
  return { reference, key, status: 'pending', amount, currency, isHeld, checkoutUrl: null, ...nothing };
}

/** After the payer was at the checkout. */
export function checkedOut(charge: Charge, outcome: Outcome): Charge {
  if (charge.status !== 'pending') return charge;
  if (outcome === 'decline') return { ...charge, status: 'failed', reason: 'The card was declined.' };
  if (outcome === 'abandon') return { ...charge, status: 'cancelled' };
  return charge.isHeld ? { ...charge, status: 'authorized' } : captured({ ...charge, status: 'authorized' }, charge.amount);
}

/** With the money taken that was authorized; a repeat changes nothing. */
export function captured(charge: Charge, amount: string): Charge {
  if (charge.status === 'captured') return charge;
  if (charge.status !== 'authorized' || exact(amount).gt(charge.amount)) throw new GatewayRefusal('This cannot be captured.');
  const fee = toCurrency(exact(amount).times(FEE_PERCENT).div(100).plus(FEE_FIXED), charge.currency);
  return { ...charge, status: 'captured', captured: toCurrency(amount, charge.currency), fee };
}

/** Given up before it was captured. */
export function cancelled(charge: Charge): Charge {
  if (charge.status === 'captured') throw new GatewayRefusal('It was captured. Refund it.');
  return { ...charge, status: 'cancelled' };
}

/** With money given back, once for each key. */
export function refunded(charge: Charge, { key, amount, reason }: { key: string; amount: string; reason: string }): Charge {
  if (charge.refunds.some((one) => one.key === key)) return charge;
  const gone = charge.refunds.reduce((sum, one) => sum.plus(one.amount), exact(amount));
  if (charge.status !== 'captured' || gone.gt(charge.captured)) throw new GatewayRefusal('More than was captured cannot be refunded.');
  const refund: ToldRefund = { reference: `re_${uuidV7().replaceAll('-', '')}`, key, amount, status: 'processed', reason };
  return { ...charge, refunds: [...charge.refunds, refund] };
}

/** With the payer’s bank having taken it back, or decided. */
export function disputed(charge: Charge, { amount, status, reason }: Pick<ToldDispute, 'amount' | 'status' | 'reason'>): Charge {
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

/** What is paid out of charges, less fees and what was refunded. */
export function payoutOf(due: readonly Charge[], currency: string, date: string): ToldPayout {
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
