import type { Message } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { Begin } from '#platform/kernel/module.ts';
import { isSigned } from '#platform/kernel/signature.ts';
import type { WebhookRequest } from '#platform/kernel/webhook.ts';
import { receive, type Receipt } from '../items/receive.ts';
import { ownIdIn, reportIn, returnedBy, type Reported } from '../mail/delivery-report.ts';

const REASON_MAX = 400;

/**
 * Hears what became of mail, of whoever has the secret: a mail server hands on the reports that it gets (`message/rfc822`, or the body of a `multipart/report`), a provider's
 * receipts come as JSON. The message is found by the Message-ID that it had; reports of other mail are taken and say nothing.
 */
export async function hearMail(begin: Begin, secret: string, request: WebhookRequest): Promise<void> {
  const { headers, body } = request;
  const signature = headers['tessera-signature'] ?? '';
  if (!(await isSigned([secret], { body, signature }, new Date().toISOString())))
    throw new Refusal('not_allowed', {
      en: 'This is not signed with the secret of mail receipts, or was signed too long ago.',
      de: 'Das ist nicht mit dem Geheimnis für Zustellberichte signiert oder schon vor zu langer Zeit.',
    });
  const reported = await reportedBy(headers['content-type'] ?? '', body);
  if (!reported) return;
  await begin(async (work) => {
    const message = await work.get<Message>('message', reported.messageId);
    if (message?.channel === 'email') await receive(work, message.id, reported.receipt);
  });
}

async function reportedBy(said: string, body: Uint8Array): Promise<Reported | null> {
  const type = (said.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (type === 'application/json') return reportedIn(parsed(body));
  if (type === 'message/rfc822') return reportIn(body);
  // The type of a body alone says what divides its parts.
  if (type === 'multipart/report') return reportIn(Buffer.concat([Buffer.from(`Content-Type: ${said.slice(0, 1_000)}\r\n\r\n`), body]));
  throw new Refusal('unsupported_media_type', {
    en: 'A report is message/rfc822, multipart/report or application/json.',
    de: 'Ein Zustellbericht ist message/rfc822, multipart/report oder application/json.',
  });
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Refusal('malformed_json', { en: 'This is not well-formed JSON.', de: 'Das ist kein wohlgeformtes JSON.' });
  }
}

const KNOWN: readonly string[] = ['messageId', 'event', 'status', 'reason'];
const EVENTS = ['delivered', 'opened', 'clicked', 'delayed', 'bounced', 'complained'] as const;

function reportedIn(body: unknown): Reported | null {
  const { messageId, event, status = '', reason = '' } = isRecord(body) ? body : {};
  const kind = EVENTS.find((one) => one === event);
  const isWhole = typeof messageId === 'string' && typeof status === 'string' && typeof reason === 'string';
  if (!isRecord(body) || !isWhole || !kind || !Object.keys(body).every((key) => KNOWN.includes(key)))
    throw new Refusal('malformed_request', {
      en: `A report is {"messageId", "event": one of ${EVENTS.join(', ')}, "status": such as "5.1.1", "reason"}.`,
      de: `Ein Zustellbericht ist {"messageId", "event": eines von ${EVENTS.join(', ')}, "status": etwa "5.1.1", "reason"}.`,
    });
  const id = ownIdIn([messageId]);
  return id ? { messageId: id, receipt: receiptOf(kind, status.trim(), reason.trim()) } : null;
}

function receiptOf(kind: (typeof EVENTS)[number], status: string, words: string): Receipt {
  const reason = [status, words].filter(Boolean).join(' ').slice(0, REASON_MAX);
  return kind === 'bounced' ? returnedBy(status, reason) : { kind, reason };
}
