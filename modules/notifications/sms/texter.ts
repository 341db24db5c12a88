import { isRecord } from '#platform/kernel/is-record.ts';
import type { Handed } from '../mail/mailer.ts';

/** The account at Twilio by which SMS leave, and the number or service that they come from. */
export type SmsSettings = {
  readonly accountSid: string;
  readonly authToken: string;
  readonly from: string;
  /** What stands in for `https://api.twilio.com`. */
  readonly apiUrl?: string;
};

/** A message as Twilio gets it; `tellAt` is where it tells what became of it. */
export type Text = { readonly to: string; readonly body: string; readonly tellAt: string };

/** Hands SMS over to Twilio, and knows what is signed by it. */
export type Texter = {
  readonly send: (text: Text) => Promise<Handed>;
  readonly isSigned: (signature: string, url: string, parameters: { readonly [name: string]: string }) => Promise<boolean>;
};

const TWILIO = 'https://api.twilio.com';
const WITHIN_MS = 20_000;
const REASON_MAX = 400;
/** An SMS of at most ten parts. */
const CHARACTERS_MAX = 1_500;

/** By Twilio's SDK, which is loaded with the first text. */
export function openTexter({ accountSid, authToken, from, apiUrl = TWILIO }: SmsSettings): Texter {
  const open = async () => {
    const { default: twilio } = await import('twilio');
    class Client extends twilio.RequestClient {
      override request: typeof twilio.RequestClient.prototype.request = (asked) =>
        super.request({ ...asked, uri: asked.uri.replace(TWILIO, apiUrl) });
    }
    return twilio(accountSid, authToken, { httpClient: new Client({ timeout: WITHIN_MS }) });
  };
  let opened: ReturnType<typeof open> | null = null;
  return Object.freeze({
    send: async ({ to, body, tellAt }: Text): Promise<Handed> => {
      opened ??= open();
      const { messages } = await opened;
      try {
        await messages.create({ to, from, body: body.slice(0, CHARACTERS_MAX), statusCallback: tellAt });
        return { kind: 'taken' };
      } catch (error) {
        return failureOf(error);
      }
    },
    isSigned: async (signature: string, url: string, parameters: { readonly [name: string]: string }) => {
      const { default: twilio } = await import('twilio');
      return twilio.validateRequest(authToken, signature, url, parameters);
    },
  });
}

const OURS: readonly number[] = [401, 403, 429];

/** What Twilio says no to (4xx) is refused for good, but for who we are and how fast we ask; all else may go away. */
function failureOf(error: unknown): Handed {
  const { status, message } = isRecord(error) ? error : {};
  const reason = (typeof message === 'string' ? message : 'Twilio did not answer.').slice(0, REASON_MAX);
  const isForGood = typeof status === 'number' && status >= 400 && status < 500 && !OURS.includes(status);
  return { kind: isForGood ? 'refused' : 'later', reason };
}
