/** `npm run metadata`: what administrators made, as files; what files would change; and applying them. Speaks the public API alone. */
import { parseArgs } from 'node:util';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, parseJson, plainText } from '#platform/kernel/json.ts';
import { readFiles, writeFolder } from './folder.ts';
import { planText } from './print-plan.ts';

const USAGE = `The customised metadata as JSON files for git, and their way to another installation.

  npm run metadata -- export --folder DIR --token KEY [--url http://localhost:3000]
  npm run metadata -- plan   --folder DIR --token KEY [--url …] [--delete offer.priority]…
  npm run metadata -- apply  --folder DIR --token KEY [--url …] [--delete offer.priority]… [--version N]

  --folder   the folder of the files, or one file (.json) that was downloaded in the browser
  --token    an API key of an administrator (Setup → API keys → New key)
  --delete   what may go: offer.priority, an option offer.priority/low, a list option-lists/ways, its option option-lists/ways/sea, offer/views/hot, offer/layouts/kanban, an object. Nothing else goes.
  --version  the version that a plan named: refused when the metadata have moved since. Left out: a plan is made and applied at once.`;

type Answer = { readonly status: number; readonly body: { readonly [part: string]: unknown } };

class Usage extends Error {}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof Usage ? 2 : 1;
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      folder: { type: 'string' },
      url: { type: 'string', default: 'http://localhost:3000' },
      token: { type: 'string', default: '' },
      delete: { type: 'string', multiple: true, default: [] },
      version: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [what] = positionals;
  if (values.help) return say(USAGE);
  if (what !== 'export' && what !== 'plan' && what !== 'apply') throw new Usage(USAGE);
  const { folder, url, token } = values;
  if (folder === undefined) throw new Usage('Name the folder of the files: --folder DIR');
  if (token === '') throw new Usage('Give the API key of an administrator: --token tsk_… (Setup → API keys → New key).');
  const call = (path: string, body?: unknown) => ask(`${url}/api/platform/metadata${path}`, token, body);
  if (what === 'export') return exportTo(folder, await call(''));
  const sent = { format: 1, files: await readFiles(folder), delete: values.delete };
  const plan = await call('/plan', sent);
  say(planText(plan.body));
  if (what === 'plan' || (isList(plan.body['lines']) && plan.body['lines'].length === 0)) return 0;
  const applied = await call('/apply', { ...sent, version: values.version === undefined ? plan.body['version'] : Number(values.version) });
  return say(
    `Applied as version ${plainText(applied.body['version'])}${applied.status === 202 ? '; not every service serves it yet' : ''}.`,
  );
}

async function exportTo(folder: string, { body }: Answer): Promise<number> {
  const { files, version } = body;
  if (!isRecord(files)) throw new Error('The server did not answer with files.');
  const { written, removed } = await writeFolder(folder, files);
  return say(
    `${Object.keys(files).length} files of version ${plainText(version)} in ${folder}: ${written} written, ${removed} removed, the rest as they were.`,
  );
}

async function ask(address: string, token: string, body?: unknown): Promise<Answer> {
  const response = await fetch(address, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new Error(`Nothing answers at ${new URL(address).origin}. Start Tessera with npm start, or give its address.`, { cause: error });
  });
  const text = await response.text();
  const parsed: unknown = text.startsWith('{') ? parseJson(text) : {};
  const answer = isRecord(parsed) ? parsed : {};
  if (response.status < 400) return { status: response.status, body: answer };
  if (response.status === 401) throw new Error(`${address} does not know this token. Make an API key in Setup → API keys.`);
  throw new Error(
    [`Refused (${response.status}): ${plainText(answer['detail'] ?? answer['title'])}`, ...problemLines(answer['errors'])].join('\n'),
  );
}

function problemLines(errors: unknown): readonly string[] {
  return (isList(errors) ? errors : [])
    .filter(isRecord)
    .map((one) => `  ${plainText(one['pointer']).replaceAll('~1', '/')}: ${plainText(one['message'])}`);
}

function say(text: string): number {
  console.log(text);
  return 0;
}
