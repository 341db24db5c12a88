import { createServer, type IncomingMessage } from 'node:http';
import twilio from 'twilio';
import { freePort } from './ports.ts';

type Sent = { readonly To: string; readonly From: string; readonly Body: string; readonly StatusCallback: string };

const AUTH_TOKEN = 'a token of tests';

/** Stands in for Twilio's API: takes messages, refuses those to +49…99999999 as wrong numbers, and signs receipts as Twilio does. */
export async function startTwilio() {
  const sent: Sent[] = [];
  const port = await freePort();
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const text = Object.fromEntries(new URLSearchParams(body));
      const isWrong = text['To']?.endsWith('99999999') === true;
      if (!isWrong) sent.push({ To: '', From: '', Body: '', StatusCallback: '', ...text });
      response.writeHead(isWrong ? 400 : 201, { 'content-type': 'application/json' });
      const refusal = { code: 21_211, message: 'The number is not a valid phone number.', status: 400 };
      response.end(JSON.stringify(isWrong ? refusal : { sid: `SM${sent.length}`, status: 'queued' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const settings = { accountSid: `AC${'0'.repeat(32)}`, authToken: AUTH_TOKEN, from: '+15005550006', apiUrl: `http://127.0.0.1:${port}` };
  /** Tells what became of a message, at the address that it named; answers the status. */
  const tell = async (url: string, callback: string, told: Record<string, string>, signature?: string): Promise<number> => {
    const signed = signature ?? twilio.getExpectedTwilioSignature(AUTH_TOKEN, callback, told);
    const headers = { 'x-twilio-signature': signed };
    const { pathname } = new URL(callback);
    return (await fetch(`${url}${pathname}`, { method: 'POST', headers, body: new URLSearchParams(told) })).status;
  };
  return { settings, sent, tell, stop: () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}
