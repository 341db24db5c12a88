import type { LinkedPage, PublicLinks } from '#platform/access/public-links.ts';
import { runCommand } from '#platform/data/commands/run-command.ts';
import { runInWork } from '#platform/data/commands/work.ts';
import { loadRecord } from '#platform/data/save/load.ts';
import { shown } from '#platform/data/names.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { invalidValues, Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { permissionsOf, type Permissions } from '#platform/kernel/permissions.ts';
import type { PublicPage } from '#platform/kernel/public-page.ts';
import type { PublicRequest, PublicRoute, RouteAnswer } from '#platform/kernel/route.ts';
import { issuedFile, PDF } from '#platform/documents/issued.ts';
import { fileContent } from '#platform/files/read-file.ts';
import { contentDisposition } from './files/content-disposition.ts';
import { countAttempt, rateLimit } from './rate-limit.ts';
import { kebab } from './records/command.ts';

/** Calls a minute from one address, behind which a whole office may sit; and of these such with a link that is none. */
const byAddress = rateLimit('public', 120);
const wrongByAddress = rateLimit('public-wrong', 20);

const ANSWER = { type: 'object', description: 'What the page shows.' } as const;

/** What a module shows of single records to those who have a link to them, and what can be done there. */
export function publicPageRoutes(store: Store, { pages }: PublicLinks): readonly PublicRoute[] {
  if (pages.size === 0) return [];
  return [
    {
      method: 'GET',
      path: '/public/:page/:token',
      summary: 'What a signed link shows',
      query: {},
      answer: ANSWER,
      handler: async (request) => shownTo(store, await openLink(store, pages, request)),
    },
    {
      method: 'GET',
      path: '/public/:page/:token/pdf',
      summary: 'The document behind a signed link, as it was issued',
      query: {},
      handler: async (request) => documentFor(store, await openLink(store, pages, request)),
    },
    {
      method: 'POST',
      path: '/public/:page/:token/actions/:command',
      summary: 'Do what a signed link allows',
      query: {},
      body: { type: 'object' },
      answer: ANSWER,
      handler: async (request) => {
        const opened = await openLink(store, pages, request);
        await carryOut(store, opened, request);
        return shownTo(store, opened);
      },
    },
  ];
}

/** A link that holds: its page, the record, and who it makes of whoever has it. */
type Opened = { readonly page: PublicPage; readonly object: ObjectDefinition; readonly id: string; readonly caller: Caller };

/** Whatever is wrong with a link is told in the same words: they say nothing of what there is. */
async function openLink(store: Store, pages: PublicLinks['pages'], request: PublicRequest): Promise<Opened> {
  await countAttempt([[byAddress, request.address]]);
  const opened = await found(store, pages.get(request.params['page'] ?? ''), request);
  if (opened) return opened;
  await countAttempt([[wrongByAddress, request.address]]);
  throw new Refusal('not_found', {
    en: 'This link is not valid, or not any more. Ask those who sent it to you for a new one.',
    de: 'Dieser Link ist nicht gültig oder nicht mehr. Fragen Sie dort, woher Sie ihn haben, nach einem neuen.',
  });
}

async function found(store: Store, linked: LinkedPage | undefined, request: PublicRequest): Promise<Opened | null> {
  const read = linked?.tokens.read(request.params['token'] ?? '');
  const object = linked && store.schema().byName.get(linked.page.object);
  if (!read || !object || read.lastDay < new Date().toISOString().slice(0, 10)) return null;
  const record = await loadRecord(store.database.read, { index: store.schema(), object }, { id: read.id });
  const terms = record && linked.page.terms(record);
  if (!terms || !read.hasMark(terms.mark)) return null;
  return { page: linked.page, object, id: read.id, caller: callerBy(linked.page, request) };
}

async function shownTo(store: Store, { page, object, id, caller }: Opened): Promise<RouteAnswer> {
  const body = await runInWork(store, caller, async (work) => {
    const record = await work.get<RecordValues>(object.name, id);
    if (!record) throw new Refusal('not_found', 'What this link led to is no longer there.');
    return page.show(work, record);
  });
  return { status: 200, body };
}

async function documentFor(store: Store, { page, object, id }: Opened): Promise<RouteAnswer> {
  const { read } = store.database;
  const record = await loadRecord(read, { index: store.schema(), object }, { id });
  const issued = record && page.hasDocument?.(record) ? await issuedFile(read, object.id, id) : null;
  if (!issued) throw new Refusal('not_found', 'There is no document here.');
  const chunks: Buffer[] = [];
  for await (const chunk of fileContent(store.database, issued)) chunks.push(chunk);
  const headers = {
    'content-type': PDF,
    'content-disposition': contentDisposition('inline', issued.name),
    'cache-control': 'private, no-store',
  };
  return { status: 200, headers, body: Buffer.concat(chunks) };
}

async function carryOut(store: Store, { page, object, id, caller }: Opened, { params, body }: PublicRequest): Promise<void> {
  const command = object.commands.find(({ name }) => kebab(name) === params['command'] && page.commands[name] !== undefined);
  if (!command) throw new Refusal('not_found', `There is no ${shown(params['command'] ?? '')} to be done here.`);
  const taken = page.commands[command.name] ?? [];
  const unknown = Object.keys(body).find((name) => !taken.includes(name));
  if (unknown !== undefined) throw new Refusal('unknown_name', `There is no key ${shown(unknown)} here.`);
  const missing = taken.filter((name) => typeof body[name] !== 'string' || body[name].trim() === '');
  if (missing.length > 0) throw invalidValues(missing.map((name) => missingInput(name)));
  await runCommand(store, caller, { object, id, command, input: body });
}

function missingInput(name: string): { pointer: string; field: string; rule: string; message: string } {
  return { pointer: `/${name}`, field: name, rule: 'required', message: `${name} is required.` };
}

const profiles = new WeakMap<PublicPage, Permissions>();

/** Whoever has the link: they may do what the page allows with this object, and nothing else. */
function callerBy(page: PublicPage, { address, userAgent }: PublicRequest): Caller {
  const permissions = profiles.get(page) ?? permissionsBy(page);
  profiles.set(page, permissions);
  return Object.freeze({
    kind: 'link',
    actor: `link:${page.name}`,
    name: page.name,
    roles: [],
    teamIds: [],
    language: 'en',
    timeZone: 'UTC',
    permissions,
    link: { page: page.name, address, userAgent },
  });
}

function permissionsBy(page: PublicPage): Permissions {
  const nobody = permissionsOf([]);
  const commands = new Set(Object.keys(page.commands));
  return Object.freeze({
    key: `link:${page.object}/${page.name}`,
    administrator: false,
    on: (object: ObjectDefinition) => ({ ...nobody.on(object), ...(object.name === page.object ? { read: true, commands } : {}) }),
  });
}
