import type { OpenItem, Payment } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Begin, type Command } from '#platform/kernel/module.ts';
import { openAccount, type Gateways, type Opened } from '../gateways/accounts.ts';
import type { Simulated, SimulatedGateway } from '../gateways/simulated/simulated-gateway.ts';
import type { Outcome } from '../gateways/simulated/charge.ts';
import { hearGateway } from '../gateways/webhook.ts';

/** What the payer does at the simulated gateway, and the webhooks that it sends of it, which are heard like any other's. */
export const simulatePayer = (gateways: Gateways, simulated: Simulated): Command =>
  defineCommand<OpenItem, { outcome: Outcome }>({
    object: 'open_item',
    name: 'simulate',
    ask: async ({ begin }, item, { outcome }) => {
      const payment = await waitingOf(begin, item);
      const opened = await openAccount(begin, gateways, payment.gatewayAccountId ?? '');
      if (opened.account.provider !== 'simulated') throw nothingWaits();
      const gateway = simulated.at(begin);
      await gateway.twin.checkout(payment.gatewayReference ?? '', outcome);
      await sendWebhooks(begin, gateways, { gateway, opened });
      return {};
    },
    run: () => Promise.resolve({}),
  });

async function waitingOf(begin: Begin, { id }: OpenItem): Promise<Payment> {
  const filter = { targetId: id, status: 'pending', gatewayReference: { isNull: false } };
  const [found] = await begin((work) => work.query<Payment>('payment', { filter, sort: '-createdAt', limit: 1 }));
  if (!found) throw nothingWaits();
  return found;
}

async function sendWebhooks(
  begin: Begin,
  gateways: Gateways,
  from: { readonly gateway: SimulatedGateway; readonly opened: Opened },
): Promise<void> {
  const { account, credentials } = from.opened;
  for (const request of await from.gateway.webhooks(credentials, new Date().toISOString()))
    await hearGateway(gateways)(begin, { ...request, name: account.webhookName });
}

function nothingWaits(): Refusal {
  return new Refusal('wrong_state', {
    en: 'No payment waits at the simulated gateway.',
    de: 'Beim simulierten Gateway wartet keine Zahlung.',
  });
}
