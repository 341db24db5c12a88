import { isRecord } from '#platform/kernel/is-record.ts';
import type { Letter } from './letter.ts';

/** The mail server, `smtp://user:password@host:587` or `smtps://…`, and the address that messages come from. */
export type MailSettings = {
  readonly url: string;
  readonly from: string;
  /** What whoever tells what became of a letter signs it with; without it nobody is heard. */
  readonly receiptSecret?: string;
  /** How long the server may take to answer, where that is not as long as usual. */
  readonly withinMs?: number;
};

/**
 * What became of a letter: the server took it; refuses it for good; or it may be tried again. Where the connection ended before the server had answered, nobody
 * knows whether it took it: it is tried again under the same Message-ID, by which mailboxes tell that it is one.
 */
export type Handed =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'later'; readonly reason: string };

/** Hands letters over to a mail server. */
export type Mailer = { readonly send: (letter: Letter) => Promise<Handed> };

const WITHIN_MS = 30_000;
const REASON_MAX = 400;

/** By nodemailer, which is loaded with the first letter. */
export function openMailer({ url, from, withinMs = WITHIN_MS }: MailSettings): Mailer {
  let opened: Promise<(letter: Letter) => Promise<Handed>> | null = null;
  return Object.freeze({
    send: async (letter: Letter) => {
      opened ??= open({ url, from, withinMs });
      return (await opened)(letter);
    },
  });
}

async function open({ url, from, withinMs }: Required<Omit<MailSettings, 'receiptSecret'>>): Promise<(letter: Letter) => Promise<Handed>> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url,
    connectionTimeout: withinMs,
    greetingTimeout: withinMs,
    socketTimeout: withinMs,
    dnsTimeout: withinMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = from.split('@').at(-1) ?? 'localhost';
  return async ({ id, sender, to, subject, text, html, attachments, headers }) => {
    const mail = {
      messageId: `<${id}@${host}>`,
      from: { name: sender, address: from },
      to: { name: to.name, address: to.address },
      subject,
      text,
      html,
      attachments: attachments.map(({ name, bytes }) => ({ filename: name, content: Buffer.from(bytes), contentType: 'application/pdf' })),
      headers: { 'Auto-Submitted': 'auto-generated', ...headers },
    };
    try {
      const { accepted } = await transport.sendMail(mail);
      return accepted.length > 0 ? { kind: 'taken' } : { kind: 'refused', reason: 'The server took it for nobody.' };
    } catch (error) {
      return failureOf(error);
    }
  };
}

/** A server that says no (5xx) to this recipient or this letter means it; whatever else goes wrong may go away. Who we are is not the letter's fault. */
function failureOf(error: unknown): Handed {
  const { code, responseCode, message } = isRecord(error) ? error : {};
  const reason = (typeof message === 'string' ? message : String(code)).slice(0, REASON_MAX);
  const isForGood = typeof responseCode === 'number' && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return { kind: isForGood ? 'refused' : 'later', reason };
}
