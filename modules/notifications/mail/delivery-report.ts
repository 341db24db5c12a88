import type { Receipt } from '../items/receive.ts';
import { headersOf, partsOf, type Headers, type MimePart } from './mime.ts';

/** What a report says became of one of our messages. */
export type Reported = { readonly messageId: string; readonly receipt: Receipt };

const GROUPS_MAX = 100;
const REASON_MAX = 400;

/**
 * What a mail says of a message of ours: a delivery status notification (RFC 3464), or a complaint that a mailbox sends on (RFC 5965). Null where it says nothing of where
 * the message is, or names none of ours.
 */
export function reportIn(mail: { readonly headers: Headers; readonly rest: string }): Reported | null {
  const parts = partsOf(mail);
  const receipt = receiptFrom(parts);
  const id = receipt && ownIdIn([...originalOf(parts), mail.headers.get('in-reply-to') ?? '', mail.headers.get('references') ?? '']);
  return receipt && id ? { messageId: id, receipt } : null;
}

/** The id of the message to which a Message-ID belongs that the mailer has made. */
export function ownIdIn(texts: readonly string[]): string | null {
  for (const text of texts) {
    const id = /(?:^|[<\s])([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@/i.exec(text)?.[1];
    if (id) return id.toLowerCase();
  }
  return null;
}

/**
 * What a status (RFC 3463) means for a message that came back: 5.x.x is for good, so that the address is left alone from then on; with 4.x.x it was given up after
 * many attempts, which says nothing of the address.
 */
export function returnedBy(status: string, reason: string): Receipt {
  return { kind: status.startsWith('4.') ? 'returned' : 'bounced', reason };
}

function receiptFrom(parts: readonly MimePart[]): Receipt | null {
  const status = parts.find(({ type }) => /^message\/(global-)?delivery-status$/.test(type));
  if (status) return receiptOf(groupsIn(status.content));
  const feedback = parts.find(({ type }) => type === 'message/feedback-report');
  const kind = feedback && headersOf(feedback.content).headers.get('feedback-type')?.toLowerCase();
  return kind && kind !== 'not-spam' ? { kind: 'complained', reason: `Feedback-Type: ${kind}`.slice(0, REASON_MAX) } : null;
}

/** The groups of fields: the first is about the whole, each of the others about one recipient. */
function groupsIn(content: string): readonly Headers[] {
  return content
    .trim()
    .split(/\r?\n(?:[ \t]*\r?\n)+/, GROUPS_MAX)
    .map((group) => headersOf(group).headers)
    .filter((fields) => fields.has('action'));
}

function receiptOf(groups: readonly Headers[]): Receipt | null {
  const actionOf = (fields: Headers): string => (fields.get('action') ?? '').split(/[\s(;]/, 1)[0]?.toLowerCase() ?? '';
  const fields = groups.find((one) => actionOf(one) === 'failed') ?? groups[0];
  if (!fields) return null;
  const status = /\b([245])\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? '';
  const words = (fields.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '');
  const reason = cleaned(words.includes(status) ? words : `${status} ${words}`);
  const action = actionOf(fields);
  if (action === 'failed') return returnedBy(status, reason);
  if (action === 'delayed') return { kind: 'delayed', reason };
  return action === 'delivered' ? { kind: 'delivered', reason: '' } : null;
}

/** Somebody else’s words in one line. */
function cleaned(text: string): string {
  return text
    .replaceAll(/[^\x20-\x7E]+/g, ' ')
    .trim()
    .slice(0, REASON_MAX);
}

/** The Message-ID of what came back, whole or its headers alone. */
function originalOf(parts: readonly MimePart[]): readonly string[] {
  const original = parts.findLast(({ type }) =>
    /^(message\/(rfc822|global)|text\/rfc822-headers|message\/(global|rfc822)-headers)$/.test(type),
  );
  const id = original && headersOf(original.content.trimStart()).headers.get('message-id');
  return id ? [id] : [];
}
