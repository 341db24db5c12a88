import type { GatewayAccount, OpenItem, Payment } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Command, type Work } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { answeredBy, openAccount, type Gateways } from '../gateways/accounts.ts';
import { take } from '../items/follow-gateway.ts';
import { offeredAccount } from '../pages/pay.ts';
import { openOf } from '../rules/open-amount.ts';
import { toPay } from '../rules/pay-link.ts';

/**
 * Begins a payment of what is outstanding at the gateway that is offered: the payment first, under whose id the gateway is asked. Begun twice, the one
 * that waits is answered, so that nobody pays twice by a double click.
 */
export const payOnline = (gateways: Gateways, publicUrl: string): Command =>
  defineCommand<OpenItem, Record<string, never>>({
    object: 'open_item',
    name: 'pay',
    ask: async ({ begin }, { id: itemId }) => {
      const payment = await begin(async (work) => beginPayment(work, await work.lock<OpenItem>('open_item', itemId)));
      if (payment.gatewayReference) return {};
      const { account, gateway, credentials } = await openAccount(begin, gateways, payment.gatewayAccountId ?? '');
      const order = {
        key: payment.id,
        amount: payment.amount,
        currency: payment.currency ?? '',
        description: payment.reference ?? '',
        isHeld: account.capturesLater === true,
        returnUrl: publicUrl,
      };
      const answered = await answeredBy(gateway.create(credentials, order));
      await begin(async (work) => take(work, await work.lock<Payment>('payment', payment.id), answered));
      return { created: [{ object: 'payment', id: payment.id }] };
    },
    run: (_work, _item, _input, asked) => Promise.resolve({ created: asked.created ?? [] }),
  });

async function beginPayment(work: Work, item: OpenItem): Promise<Payment> {
  const account = await offeredAccount(work, item);
  if (!account || item.kind !== 'invoice' || openOf(item).lte(0))
    throw new Refusal('wrong_state', {
      en: 'There is nothing to be paid here at the moment.',
      de: 'Hier ist im Moment nichts zu bezahlen.',
    });
  const date = work.today(item.companyId ?? undefined);
  const { amount } = toPay(item, date);
  return (await waiting(work, { item, account, amount })) ?? made(work, { item, account, amount, date });
}

type Wanted = { readonly item: OpenItem; readonly account: GatewayAccount; readonly amount: string };

/** One that waits for the payer already. */
async function waiting(work: Work, { item, account, amount }: Wanted): Promise<Payment | null> {
  const filter = { targetId: item.id, gatewayAccountId: account.id, status: { in: ['pending', 'authorized', 'unknown'] }, amount };
  const [found] = await work.query<Payment>('payment', { filter, limit: 1 });
  return found ?? null;
}

async function made(work: Work, { item, account, amount, date }: Wanted & { readonly date: string }): Promise<Payment> {
  return work.create<Payment>('payment', uuidV7(), {
    status: 'pending',
    direction: 'in',
    method: 'card',
    customerId: item.customerId,
    companyId: item.companyId ?? null,
    date,
    amount,
    currency: item.currency,
    reference: item.reference ?? null,
    gatewayAccountId: account.id,
    targetId: item.id,
  });
}
