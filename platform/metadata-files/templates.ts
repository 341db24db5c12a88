import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import type { Call } from './call.ts';
import type { Files } from './folder.ts';

/** The templates that administrators made, each under the path of its file, `document-templates/<module>.<object>.<language>.typ`. */
type Templates = ReadonlyMap<string, { readonly source: string; readonly version: number; readonly isOwn: boolean }>;

/** What would become of a template; without a source it goes back to the shipped one. `version` is the one that is there. */
export type TemplateChange = {
  readonly op: 'add' | 'change' | 'remove';
  readonly path: string;
  readonly source: string | null;
  readonly version: number;
};

/** What files would make of an installation's templates, and which of its own stay because nobody named them. */
export type TemplatePlan = { readonly changes: readonly TemplateChange[]; readonly kept: readonly string[] };

const FOLDER = 'document-templates';
const PATH = /^document-templates\/([a-z][a-z0-9-]{0,40})\.([a-z][a-z0-9_]{0,40})\.([a-z]{2})\.typ$/;

/** Whether a path is that of a template's file. */
export function isTemplatePath(path: string): boolean {
  return PATH.test(path);
}

/** The administrators' own templates of an installation, as files. */
export async function exportTemplates(call: Call): Promise<{ readonly [path: string]: string }> {
  const own = [...(await templatesOf(call))].filter(([, template]) => template.isOwn);
  return Object.fromEntries(own.map(([path, { source }]) => [path, source]));
}

/** What files would change; only what `deletions` names goes back to the shipped template. */
export async function planTemplates(call: Call, files: Files, deletions: readonly string[]): Promise<TemplatePlan> {
  const there = await templatesOf(call);
  const strange = Object.keys(files).find((path) => !there.has(path) && !hasDocument(there, path));
  if (strange !== undefined) throw new Error(`${strange} is no template of a document that this installation prints.`);
  const given = Object.entries(files).flatMap(([path, source]): readonly TemplateChange[] => {
    const before = there.get(path);
    if (before?.isOwn === true && before.source === source) return [];
    return [{ op: before?.isOwn === true ? 'change' : 'add', path, source: plainText(source), version: before?.version ?? 0 }];
  });
  const others = [...there].filter(([path, { isOwn }]) => isOwn && !Object.hasOwn(files, path));
  const isNamed = ([path]: readonly [string, unknown]): boolean => deletions.includes(addressOf(path));
  const gone = others.filter(isNamed).map(([path, { version }]): TemplateChange => ({ op: 'remove', path, source: null, version }));
  return { changes: [...given, ...gone], kept: others.filter((one) => !isNamed(one)).map(([path]) => addressOf(path)) };
}

/** Whether an address that may go is that of a template. */
export function isTemplateAddress(address: string): boolean {
  return isTemplatePath(`${address}.typ`);
}

/** Carries the changes out, one by one; each is refused when the template has changed since, or cannot be printed. */
export async function applyTemplates(call: Call, { changes }: TemplatePlan): Promise<void> {
  for (const { path, source, version } of changes) {
    const sent = source === null ? { method: 'DELETE' as const } : { method: 'PUT' as const, body: { source } };
    await call(routeOf(path), { ...sent, match: version }).catch((error: unknown) => {
      throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    });
  }
}

/** Tries templates on an example, as far as that does not need metadata that are to come. */
export async function tryTemplates(call: Call, { changes }: TemplatePlan): Promise<void> {
  for (const { path, source } of changes) {
    if (source === null) continue;
    await call(`${routeOf(path)}/preview`, { body: { source } }).catch((error: unknown) => {
      throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    });
  }
}

/** The plan as lines for a terminal. */
export function templateLines({ changes, kept }: TemplatePlan): readonly string[] {
  const signs = { add: '+', change: '~', remove: '-' } as const;
  return [
    ...changes.map(({ op, path }) => `${signs[op]} ${'template'.padEnd(8)} ${addressOf(path)}`),
    ...kept.map((address) => `  template ${address} is not in the files and stays; to let it go: --delete ${address}`),
  ];
}

/** All templates of all services that print documents. */
async function templatesOf(call: Call): Promise<Templates> {
  const { body } = await call('/platform/objects');
  const printed = records(body['items']).filter((object) => isRecord(object['document']));
  const templates = new Map<string, { source: string; version: number; isOwn: boolean }>();
  for (const module of new Set(printed.map((object) => plainText(object['module'])))) {
    const { body: listed } = await call(`/${module}/document-templates`);
    for (const item of records(listed['items'])) {
      const path = `${FOLDER}/${module}.${plainText(item['object'])}.${plainText(item['language'])}.typ`;
      const isOwn = item['isOwn'] === true;
      const source = isOwn ? plainText((await call(routeOf(path))).body['source']) : '';
      templates.set(path, { source, version: Number(item['version']), isOwn });
    }
  }
  return templates;
}

/** A language beside the shipped ones is new; its document is not. */
function hasDocument(there: Templates, path: string): boolean {
  const document = path.replace(/\.[a-z]{2}\.typ$/, '.');
  return [...there.keys()].some((known) => known.startsWith(document));
}

function routeOf(path: string): string {
  const [, module, object, language] = PATH.exec(path) ?? [];
  return `/${module}/document-templates/${object}/${language}`;
}

function addressOf(path: string): string {
  return path.replace(/\.typ$/, '');
}

function records(value: unknown): readonly { readonly [part: string]: unknown }[] {
  return isList(value) ? value.filter(isRecord) : [];
}
