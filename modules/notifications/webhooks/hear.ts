import { Refusal } from '#platform/kernel/errors.ts';
import type { Begin } from '#platform/kernel/module.ts';
import { isUuid } from '#platform/kernel/uuid.ts';
import type { Webhook, WebhookRequest } from '#platform/kernel/webhook.ts';
import { receive, suppress, type Receipt } from '../items/receive.ts';
import type { Texter } from '../sms/texter.ts';
import { hearMail } from './hear-mail.ts';
import type { Unsubscribing } from './unsubscribe.ts';

/** Who may tell us something, and where people reach us. */
type Hearing = {
  readonly publicUrl: string;
  readonly texter: Texter | null;
  readonly unsubscribing: Unsubscribing;
  /** What receipts of mail are signed with; without it there are none. */
  readonly mailSecret: string | undefined;
};

/**
 * Hears Twilio at `twilio-<message>`, which signs what it says of that message, mail servers and providers at `mail`, and mailboxes at `unsubscribe-<token>`, whose
 * one click (RFC 8058) takes the address of the token off.
 */
export const hear =
  (hearing: Hearing): Webhook =>
  async (begin, request) => {
    const [kind = '', ...rest] = request.name.split('-');
    const about = rest.join('-');
    if (kind === 'unsubscribe') return unsubscribe(begin, hearing, about);
    if (request.name === 'mail' && hearing.mailSecret !== undefined) return hearMail(begin, hearing.mailSecret, request);
    if (kind === 'twilio' && hearing.texter && isUuid(about))
      return hearTwilio(begin, { ...hearing, texter: hearing.texter }, { about, request });
    throw new Refusal('not_found', { en: 'Nobody is heard here.', de: 'Hier wird niemand gehört.' });
  };

async function unsubscribe(begin: Begin, { unsubscribing }: Hearing, token: string): Promise<void> {
  const address = await unsubscribing.addressOf(token);
  if (address === null) throw new Refusal('not_found', { en: 'This link leads nowhere.', de: 'Dieser Link führt nirgendwohin.' });
  await begin((work) => suppress(work, { channel: 'email', address }, 'unsubscribed'));
}

type Told = { readonly about: string; readonly request: WebhookRequest };

async function hearTwilio(
  begin: Begin,
  { texter, publicUrl }: Hearing & { readonly texter: Texter },
  { about, request }: Told,
): Promise<void> {
  const parameters = Object.fromEntries(new URLSearchParams(new TextDecoder().decode(request.body)));
  const url = `${publicUrl}/api/notifications/webhooks/${request.name}`;
  if (!(await texter.isSigned(request.headers['x-twilio-signature'] ?? '', url, parameters)))
    throw new Refusal('not_allowed', { en: 'This is not signed by Twilio.', de: 'Das ist nicht von Twilio signiert.' });
  const receipt = receiptOf(parameters);
  if (receipt) await begin((work) => receive(work, about, receipt));
}

/** What its status means for the message; null for what says nothing of where it is. */
function receiptOf({ MessageStatus: status, ErrorCode: code }: { readonly [name: string]: string }): Receipt | null {
  if (status === 'delivered' || status === 'read') return { kind: status === 'read' ? 'opened' : 'delivered', reason: '' };
  return status === 'undelivered' || status === 'failed' ? { kind: 'bounced', reason: `Twilio: ${status} ${code ?? ''}`.trim() } : null;
}
