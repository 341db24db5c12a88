import type { GatewayAccount, GatewayEvent, Payment } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Begin } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import type { Webhook, WebhookRequest } from '#platform/kernel/webhook.ts';
import { reconcile } from '../items/reconcile.ts';
import { takePayout } from '../items/payouts.ts';
import { openAccount, type Gateways, type Opened } from './accounts.ts';
import type { Heard } from './gateway.ts';

/**
 * Hears a gateway: the bytes as they came must be signed by it. A webhook says only that something happened, each once; what happened is asked, so that
 * one that is late, out of order, or repeated changes nothing that is not true.
 */
export const hearGateway =
  (gateways: Gateways): Webhook =>
  async (begin, request) => {
    const opened = await openAccount(begin, gateways, await accountNamed(begin, request));
    const heard = await opened.gateway.verifyWebhook(opened.credentials, request, new Date().toISOString());
    if (!heard) throw notSigned();
    if (await isKnown(begin, opened, heard)) return;
    await (heard.kind === 'payout' ? hearPayout(begin, opened, heard) : hearPayment(begin, opened, heard));
  };

async function hearPayment(begin: Begin, { account, gateway, credentials }: Opened, heard: Heard): Promise<void> {
  const told = await gateway.fetchTruth(credentials, { reference: heard.reference, key: '' });
  await once(begin, { account, heard }, async (work) => {
    const payment = told && (await work.get<Payment>('payment', told.key));
    // Somebody else's, or one that was made at the gateway itself: kept in the log, where a person sees it.
    if (!payment || payment.gatewayAccountId !== account.id) return 'noPayment';
    await reconcile(work, await work.lock<Payment>('payment', payment.id), told);
    return 'taken';
  });
}

async function hearPayout(begin: Begin, { account, gateway, credentials }: Opened, heard: Heard): Promise<void> {
  const told = await gateway.fetchPayout(credentials, heard.reference);
  await once(begin, { account, heard }, async (work) => {
    if (!told) return 'noPayment';
    await takePayout(work, account, told);
    return 'taken';
  });
}

type Kept = { readonly account: GatewayAccount; readonly heard: Heard };

/** In one transaction with the row that says it was heard: of two at once the second finds that there is one already. */
async function once(
  begin: Begin,
  { account, heard }: Kept,
  run: (work: Parameters<Parameters<Begin>[0]>[0]) => Promise<string>,
): Promise<void> {
  const { eventId, kind, reference } = heard;
  try {
    await begin(async (work) => {
      const outcome = await run(work);
      const key = `${account.id} ${eventId}`;
      await work.create<GatewayEvent>('gateway_event', uuidV7(), {
        key,
        gatewayAccountId: account.id,
        event: eventId,
        kind,
        reference,
        outcome,
      });
    });
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'duplicate')) throw error;
  }
}

async function isKnown(begin: Begin, { account }: Opened, { eventId }: Heard): Promise<boolean> {
  const filter = { key: `${account.id} ${eventId}` };
  return (await begin((work) => work.query<GatewayEvent>('gateway_event', { filter, fields: 'id', limit: 1 }))).length > 0;
}

async function accountNamed(begin: Begin, { name }: WebhookRequest): Promise<string> {
  const [found] = await begin((work) =>
    work.query<GatewayAccount>('gateway_account', { filter: { webhookName: name }, fields: 'id', limit: 1 }),
  );
  if (found) return found.id;
  throw new Refusal('not_found', { en: 'There is no gateway account of this name.', de: 'Ein Gateway-Konto dieses Namens gibt es nicht.' });
}

function notSigned(): Refusal {
  return new Refusal('not_allowed', {
    en: 'This is not signed by the gateway, or was signed too long ago.',
    de: 'Das ist nicht vom Gateway signiert oder schon vor zu langer Zeit.',
  });
}
