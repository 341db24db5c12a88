/** `npm run demo:company`: plays a year of a small company in a running, empty installation, through the public API. */
import { parseArgs } from 'node:util';
import { connect } from '../client.ts';
import { playYear } from './year.ts';

const USAGE = `Plays a year of Nordlicht, a small company that sells furniture for offices, in an empty installation and through the public API: offers,
orders, deliveries, invoices, payments by bank and card, returns, refunds, a chargeback, reminders, and the books of each month.

  npm run demo:company -- --token KEY [--url http://localhost:3000] [--days 365]

  --token  an API key of an administrator (Setup → API keys → New key)
  --url    where Tessera runs
  --days   so many days up to today`;

const DAYS_LEAST = 14;
const OFFERS_A_WEEK = 4;
const WHAT = [
  ['offers', '/api/offers/offers'],
  ['orders', '/api/orders/orders'],
  ['delivery notes', '/api/delivery-notes/delivery-notes'],
  ['invoices', '/api/invoices/invoices'],
  ['payments', '/api/payments/payments'],
  ['journal entries', '/api/accounting/journal-entries'],
  ['events in the audit', '/api/audit/events'],
] as const;

try {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: 'http://localhost:3000' },
      token: { type: 'string', default: '' },
      days: { type: 'string', default: '365' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) console.log(USAGE);
  else await play(values.url.replace(/\/$/, ''), values.token, Number(values.days));
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}

async function play(url: string, token: string, days: number): Promise<void> {
  if (token === '') throw new Error('Give the API key of an administrator: --token tsk_… (Setup → API keys → New key).');
  if (!Number.isInteger(days) || days < DAYS_LEAST || days > 730) throw new Error(`--days is a whole number from ${DAYS_LEAST} to 730.`);
  const began = performance.now();
  const onDay = (done: number): void => {
    if (process.stdout.isTTY) process.stdout.write(`\rDay ${done} of ${days}`);
    else if (done % 30 === 0) console.log(`Day ${done} of ${days}`);
  };
  const client = connect(url, token);
  await playYear({ url, token, days, until: new Date().toISOString().slice(0, 10), offersAWeek: OFFERS_A_WEEK, onDay });
  console.log(`\nNordlicht has lived for ${days} days, in ${((performance.now() - began) / 1000).toFixed(0)} s:`);
  for (const [what, path] of WHAT)
    console.log(`  ${String((await client.get(`${path}?limit=1&count=exact`)).body['count']).padStart(6)} ${what}`);
  console.log(`Look at ${url}.`);
}
