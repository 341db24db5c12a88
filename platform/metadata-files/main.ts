/** `npm run metadata`: what administrators made, document templates among it, as files; what files would change; and applying them. Speaks the public API alone. */
import { parseArgs } from 'node:util';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import { apiOf, type Call } from './call.ts';
import { readFiles, writeFolder } from './folder.ts';
import { planText } from './print-plan.ts';
import {
  applyTemplates,
  exportTemplates,
  isTemplateAddress,
  isTemplatePath,
  planTemplates,
  templateLines,
  tryTemplates,
} from './templates.ts';

const USAGE = `The customised metadata as JSON files for git, with the templates of documents, and their way to another installation.

  npm run metadata -- export --folder DIR --token KEY [--url http://localhost:3000]
  npm run metadata -- plan   --folder DIR --token KEY [--url …] [--delete offer.priority]…
  npm run metadata -- apply  --folder DIR --token KEY [--url …] [--delete offer.priority]… [--version N]

  --folder   the folder of the files, or one file (.json) that was downloaded in the browser
  --token    an API key of an administrator (Setup → API keys → New key)
  --delete   what may go: offer.priority, an option offer.priority/low, a list option-lists/ways, its option option-lists/ways/sea, offer/views/hot, offer/layouts/kanban, an object, a template document-templates/offers.offer.en. Nothing else goes.
  --version  the version that a plan named: refused when the metadata have moved since. Left out: a plan is made and applied at once.`;

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
  const call = apiOf(url, token);
  if (what === 'export') return exportTo(folder, call);
  const given = Object.entries(await readFiles(folder));
  const [templates, files] = [true, false].map((isTemplate) =>
    Object.fromEntries(given.filter(([path]) => isTemplatePath(path) === isTemplate)),
  );
  const sent = { format: 1, files, delete: values.delete.filter((address) => !isTemplateAddress(address)) };
  const plan = await call('/platform/metadata/plan', { body: sent });
  const templatePlan = await planTemplates(call, templates ?? {}, values.delete);
  const isSame = isList(plan.body['lines']) && plan.body['lines'].length === 0;
  say([planText(plan.body), ...templateLines(templatePlan)].join('\n'));
  if (isSame) await tryTemplates(call, templatePlan);
  if (what === 'plan') return 0;
  if (!isSame) {
    const version = values.version === undefined ? plan.body['version'] : Number(values.version);
    const applied = await call('/platform/metadata/apply', { body: { ...sent, version } });
    const isLate = applied.status === 202;
    say(`Applied as version ${plainText(applied.body['version'])}${isLate ? '; not every service serves it yet' : ''}.`);
  }
  await applyTemplates(call, templatePlan);
  return templatePlan.changes.length === 0 ? 0 : say(`${templatePlan.changes.length} templates changed.`);
}

async function exportTo(folder: string, call: Call): Promise<number> {
  const { files, version } = (await call('/platform/metadata')).body;
  if (!isRecord(files)) throw new Error('The server did not answer with files.');
  const all = { ...files, ...(await exportTemplates(call)) };
  const { written, removed } = await writeFolder(folder, all);
  return say(
    `${Object.keys(all).length} files of version ${plainText(version)} in ${folder}: ${written} written, ${removed} removed, the rest as they were.`,
  );
}

function say(text: string): number {
  console.log(text);
  return 0;
}
