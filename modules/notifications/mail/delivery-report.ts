import PostalMime, { type Attachment, type Email } from 'postal-mime';
import type { Receipt } from '../items/receive.ts';

/** What a report says became of one of our messages. */
export type Reported = { readonly messageId: string; readonly receipt: Receipt };

type Headers = ReadonlyMap<string, string>;

const GROUPS_MAX = 100;
const REASON_MAX = 400;
const DEPTH_MAX = 8;
/** Of all parts together, in bytes. */
const HEADERS_MAX = 100_000;
const PARTS_MAX = 50;
/** What is asked stands before the body of what came back, and each line costs the library some twenty microseconds. */
const LINES_MAX = 2_000;

/**
 * What a mail says of a message of ours: a delivery status notification (RFC 3464), or a complaint that a mailbox sends on (RFC 5965). Null where it says nothing of where
 * the message is, names none of ours, or is nested deeper or has more headers or parts than a report has.
 */
export async function reportIn(mail: Uint8Array): Promise<Reported | null> {
  const read = await readMail(beginningOf(mail));
  if (!read || read.attachments.length > PARTS_MAX) return null;
  const receipt = await receiptFrom(read.attachments);
  const id = receipt && ownIdIn([...(await originalOf(read.attachments)), read.inReplyTo ?? '', read.references ?? '']);
  return receipt && id ? { messageId: id, receipt } : null;
}

function beginningOf(mail: Uint8Array): Uint8Array {
  let end = 0;
  for (let line = 0; line < LINES_MAX; line += 1) {
    end = mail.indexOf(0x0a, end) + 1;
    if (end === 0) return mail;
  }
  return mail.subarray(0, end);
}

/** Mails within a mail are not opened: they are what came back. */
async function readMail(mail: Uint8Array | string): Promise<Email | null> {
  try {
    return await PostalMime.parse(mail, { forceRfc822Attachments: true, maxNestingDepth: DEPTH_MAX, maxHeadersSize: HEADERS_MAX });
  } catch (error) {
    // The library says only by its words that a limit was reached.
    if (error instanceof Error && error.message.startsWith('Maximum ')) return null;
    throw error;
  }
}

/** Headers by their names in small letters, the first of each name, up to the first empty line. */
async function headersOf(text: string): Promise<Headers> {
  const read = await readMail(text.split(/\r?\n\r?\n/, 1)[0] ?? '');
  return new Map((read?.headers ?? []).toReversed().map(({ key, value }) => [key, value]));
}

/** Mail may be in any encoding; what is read of it is ASCII. */
function textOf({ content }: Attachment): string {
  return typeof content === 'string' ? content : new TextDecoder('latin1').decode(content);
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

async function receiptFrom(parts: readonly Attachment[]): Promise<Receipt | null> {
  const status = parts.find(({ mimeType }) => /^message\/(global-)?delivery-status$/.test(mimeType));
  if (status) return receiptOf(await groupsIn(textOf(status)));
  const feedback = parts.find(({ mimeType }) => mimeType === 'message/feedback-report');
  const kind = feedback && (await headersOf(textOf(feedback))).get('feedback-type')?.toLowerCase();
  return kind && kind !== 'not-spam' ? { kind: 'complained', reason: `Feedback-Type: ${kind}`.slice(0, REASON_MAX) } : null;
}

/** The groups of fields: the first is about the whole, each of the others about one recipient. */
async function groupsIn(content: string): Promise<readonly Headers[]> {
  const groups = content.trim().split(/\r?\n(?:[ \t]*\r?\n)+/, GROUPS_MAX);
  const read = await Promise.all(groups.map((group) => headersOf(group)));
  return read.filter((fields) => fields.has('action'));
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
    .replaceAll(/[^\x21-\x7E]+/g, ' ')
    .trim()
    .slice(0, REASON_MAX);
}

/** The Message-ID of what came back, whole or its headers alone. */
async function originalOf(parts: readonly Attachment[]): Promise<readonly string[]> {
  const original = parts.findLast(({ mimeType }) =>
    /^(message\/(rfc822|global)|text\/rfc822-headers|message\/(global|rfc822)-headers)$/.test(mimeType),
  );
  const id = original && (await headersOf(textOf(original).trimStart())).get('message-id');
  return id ? [id] : [];
}
