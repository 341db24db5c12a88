/** `npm run demo:northwind`: loads the Northwind files into a running installation through the public API. Running it twice makes no doubles. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { takeThrough } from './flow-check.ts';
import { loadNorthwind } from './northwind.ts';

const SAMPLE = fileURLToPath(new URL('./sample', import.meta.url));
const USAGE = `Loads the Northwind files through the public API: categories and suppliers as objects that it defines, products, customers,
and every order as an offer. Running it again adds what is missing and makes no doubles.

  npm run demo:northwind -- --token KEY [--url http://localhost:3000] [--data FOLDER] [--flow]

  --token  an API key of an administrator (Setup → API keys → New key)
  --url    where Tessera runs
  --data   a folder with categories, suppliers, products, customers, orders and order_details as .csv; left out: a small sample
  --flow   takes the offers on to orders, and what Northwind shipped to delivery notes and invoices, after receiving the stock they need`;

try {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: SAMPLE },
      url: { type: 'string', default: 'http://localhost:3000' },
      token: { type: 'string', default: '' },
      flow: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) console.log(USAGE);
  else if (values.token === '') throw new Error('Give the API key of an administrator: --token tsk_… (Setup → API keys → New key).');
  else process.exitCode = (await loadNorthwind(values)) && (!values.flow || (await takeThrough(values))) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
