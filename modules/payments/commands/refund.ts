import type { Payment, Refund } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Begin, type Command, type Work } from '#platform/kernel/module.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { answeredBy, openAccount, type Answered, type Gateways } from '../gateways/accounts.ts';
import { reconcile } from '../items/reconcile.ts';
import { beginRefund, failRefund, processRefund } from '../items/refunds.ts';

type Input = { amount?: string | null; reason: string };

/** A refund that was counted, and what the gateway said to it. */
type Sent = { readonly refund: Refund; readonly answered: Answered };

/**
 * Gives money back to the customer: what was paid by bank or in cash has left when this is said; what came by a gateway goes back there. It is
 * counted before the gateway is asked, and asked again with the same key where nobody knows what came of it.
 */
export const refundPayment = (gateways: Gateways): Command =>
  defineCommand<Payment, Input>({
    object: 'payment',
    name: 'refund',
    ask: async ({ begin }, payment, input) => {
      if (!payment.gatewayAccountId) return {};
      const refund = await begin(async (work) => beginRefund(work, await work.lock<Payment>('payment', payment.id), input));
      return { values: { sent: await send(begin, gateways, { refund, payment }) } };
    },
    run: async (work, payment, input, { values }) => {
      if (payment.direction === 'out') throw outgoing();
      const sent = values?.['sent'];
      if (sent) return { created: [{ object: 'refund', id: await taken(work, payment, trusted<Sent>(sent)) }] };
      const refund = await beginRefund(work, payment, input);
      await processRefund(work, refund, await work.lock<Payment>('payment', payment.id));
      return { created: [{ object: 'refund', id: refund.id }] };
    },
  });

/** Asks the gateway for a refund once more, under the refund's id, and takes what it says. */
export async function sendAgain(begin: Begin, gateways: Gateways, refund: Refund): Promise<void> {
  const payment = await begin((work) => work.get<Payment>('payment', refund.paymentId));
  if (!payment?.gatewayReference) return;
  const sent = await send(begin, gateways, { refund, payment });
  await begin(async (work) => taken(work, await work.lock<Payment>('payment', payment.id), sent));
}

async function send(begin: Begin, gateways: Gateways, { refund, payment }: { refund: Refund; payment: Payment }): Promise<Sent> {
  const { gateway, credentials } = await openAccount(begin, gateways, payment.gatewayAccountId ?? '');
  const asked = { reference: payment.gatewayReference ?? '', amount: refund.amount, key: refund.id, reason: refund.reason };
  return { refund, answered: await answeredBy(gateway.refund(credentials, asked)) };
}

async function taken(work: Work, payment: Payment, { refund: { id }, answered }: Sent): Promise<string> {
  if (answered.kind === 'told') await reconcile(work, payment, answered.told);
  else {
    const refund = await work.lock<Refund>('refund', id);
    if (answered.kind === 'refused') await failRefund(work, refund, payment, answered.reason);
    else await work.save('refund', { id, status: 'unknown', failureReason: answered.reason });
  }
  return id;
}

function outgoing(): Refusal {
  return new Refusal('wrong_state', {
    en: 'What was paid to the customer is not refunded to them.',
    de: 'Was an den Kunden gezahlt wurde, wird ihm nicht erstattet.',
  });
}
