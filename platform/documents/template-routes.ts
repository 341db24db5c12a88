import { loadRecord, notFound } from '#platform/data/save/load.ts';
import { runInWork } from '#platform/data/commands/work.ts';
import type { Store } from '#platform/data/store.ts';
import { invalidValues, Refusal } from '#platform/kernel/errors.ts';
import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import type { Route, RouteAnswer, RouteRequest } from '#platform/kernel/route.ts';
import { isUuid } from '#platform/kernel/uuid.ts';
import { checkTemplate, refuseUnknown, sampleData, SOURCE_CHARACTERS_MAX, wrong, type Candidate } from './check-template.ts';
import { exampleRecord } from './document-data.ts';
import { demanded, factsOf, jobOf, type Documents } from './documents.ts';
import { templateChanged } from './events.ts';
import { SHIPPED_LANGUAGES } from './language.ts';
import { PrintError, type PrintJob } from './print-job.ts';
import { addVersion, newest, ownLanguages, shippedTemplate, sourceOfVersion, versionsOf } from './templates.ts';

const TEXT: JsonSchema = { type: 'string' };
const SOURCE: JsonSchema = { type: 'object', properties: { source: TEXT }, required: ['source'], additionalProperties: false };
const TEMPLATE: JsonSchema = {
  type: 'object',
  properties: {
    object: TEXT,
    language: TEXT,
    source: TEXT,
    shipped: { type: ['string', 'null'] },
    version: { type: 'integer' },
    isOwn: { type: 'boolean' },
    values: { type: 'object', description: 'An example of everything that `doc` has.' },
    versions: { type: 'array', items: { type: 'object' } },
  },
};
const PATH = '/document-templates/:object/:language';
const LANGUAGE = /^[a-z]{2}$/;
/** Drawings of more than this are no preview any more. */
const PREVIEW_BYTES_MAX = 12_000_000;

/** `/document-templates` of a service that has documents: how they look, for administrators. */
export function templateRoutes(documents: Documents, store: Store): readonly Route[] {
  if (documents.options.module.documents.length === 0) return [];
  const route = (
    line: Pick<Route, 'method' | 'path' | 'summary'> & Partial<Route>,
    answer: (request: RouteRequest) => Promise<RouteAnswer>,
  ): Route => ({ access: 'administrator', query: {}, answer: TEMPLATE, ...line, handler: answer });
  return [
    route({ method: 'GET', path: '/document-templates', summary: 'The templates of documents', answer: LIST }, () => list(documents)),
    route({ method: 'GET', path: PATH, summary: 'A template, its versions, and what it can write' }, (request) => get(documents, request)),
    route({ method: 'GET', path: `${PATH}/versions/:version`, summary: 'A template as it was', answer: SOURCE }, (request) =>
      oldSource(documents, request),
    ),
    route({ method: 'PUT', path: PATH, summary: 'Give documents another template', body: SOURCE, headers: ['If-Match'] }, (request) =>
      save(documents, store, request),
    ),
    route({ method: 'DELETE', path: PATH, summary: 'Go back to the shipped template', headers: ['If-Match'] }, (request) =>
      reset(documents, store, request),
    ),
    route(
      {
        method: 'POST',
        path: `${PATH}/preview`,
        summary: 'A drawing of a document by a template that is not saved',
        body: PREVIEW,
        answer: DRAWING,
      },
      (request) => preview(documents, request),
    ),
  ];
}

const LIST: JsonSchema = { type: 'object', properties: { items: { type: 'array', items: TEMPLATE } } };
const PREVIEW: JsonSchema = {
  type: 'object',
  properties: { source: TEXT, id: { ...TEXT, description: 'The record to print; left out, one that is made up.' } },
  required: ['source'],
  additionalProperties: false,
};
const DRAWING: JsonSchema = { type: 'object', properties: { svg: TEXT, pages: { type: 'integer' } } };

async function list(documents: Documents): Promise<RouteAnswer> {
  const { database, schema, module } = documents.options;
  const own = await ownLanguages(database.read);
  const items = module.documents.flatMap(({ object: name }) => {
    const object = schema().byName.get(name);
    const languages = [...new Set([...SHIPPED_LANGUAGES, ...own.filter((one) => one.object === name).map(({ language }) => language)])];
    return object ? languages.map((language) => ({ object, language })) : [];
  });
  const shown = items.map(async ({ object, language }) => ({
    object: object.name,
    label: object.document?.label ?? object.label,
    language,
    ...(await stateOf(documents, object, language)),
  }));
  return { status: 200, body: { items: await Promise.all(shown) } };
}

async function stateOf(
  { options }: Documents,
  object: ObjectDefinition,
  language: string,
): Promise<{ version: number; isOwn: boolean; by?: string; at?: string }> {
  const [last] = await versionsOf(options.database.read, object.name, language);
  if (!last) return { version: 0, isOwn: false };
  return { version: last.version, isOwn: !last.isReset, by: last.by, at: last.at };
}

async function get(documents: Documents, request: RouteRequest): Promise<RouteAnswer> {
  const { object, language } = asked(documents, request);
  const { database, module } = documents.options;
  const own = await newest(database.read, object.name, language);
  const shipped = shippedTemplate(module.name, object.name, language) ?? shippedTemplate(module.name, object.name, 'en');
  const version = own?.version ?? 0;
  const candidate = candidateOf(documents, { object, language, source: '' });
  const body = {
    object: object.name,
    label: object.document?.label ?? object.label,
    language,
    source: own?.source ?? shipped ?? '',
    shipped,
    version,
    isOwn: (own?.source ?? null) !== null,
    values: sampleData(candidate, sampleRecord(candidate)),
    versions: await versionsOf(database.read, object.name, language),
  };
  return { status: 200, headers: { etag: `"${version}"` }, body };
}

async function oldSource(documents: Documents, request: RouteRequest): Promise<RouteAnswer> {
  const { object, language } = asked(documents, request);
  const { database, module } = documents.options;
  const wanted = Number(/^\d{1,9}$/.exec(request.params['version'] ?? '')?.[0] ?? -1);
  const source = await sourceOfVersion(database.read, { object: object.name, language, version: wanted });
  const shipped = wanted === 0 ? shippedTemplate(module.name, object.name, language) : null;
  if (source === null && shipped === null) throw new Refusal('not_found', 'There is no such version.');
  return { status: 200, body: { source: source ?? shipped } };
}

async function save(documents: Documents, store: Store, request: RouteRequest): Promise<RouteAnswer> {
  const at = asked(documents, request);
  const source = sourceOf(request.body);
  await checkTemplate(documents.options.printers.trying, candidateOf(documents, { ...at, source }));
  return changed(store, request, { ...at, source });
}

async function reset(documents: Documents, store: Store, request: RouteRequest): Promise<RouteAnswer> {
  return changed(store, request, { ...asked(documents, request), source: null });
}

async function changed(
  store: Store,
  request: RouteRequest,
  next: { object: ObjectDefinition; language: string; source: string | null },
): Promise<RouteAnswer> {
  const { object, language, source } = next;
  const after = matchOf(request);
  const version = await runInWork(store, request.caller, async (work, transaction) => {
    const made = await addVersion(transaction.query, { object: object.name, language, after, source, by: request.caller.actor });
    if (made === null) throw new Refusal('stale_version', 'This template has been changed since. Read it again, then change it.');
    await work.emit(templateChanged(store.module.name), `${object.name}/${language}`, {
      object: object.name,
      language,
      version: made,
      isReset: source === null,
    });
    return made;
  });
  return { status: 200, headers: { etag: `"${version}"` }, body: { object: object.name, language, version, isOwn: source !== null } };
}

async function preview(documents: Documents, request: RouteRequest): Promise<RouteAnswer> {
  const { object, language } = asked(documents, request);
  const candidate = candidateOf(documents, { object, language, source: sourceOf(request.body) });
  const job = await previewJob(documents, candidate, isRecord(request.body) ? request.body['id'] : undefined);
  refuseUnknown(job.source, job.data);
  try {
    const { bytes, pages } = await documents.options.printers.trying.print(job);
    if (bytes.length > PREVIEW_BYTES_MAX)
      throw new Refusal('limit_reached', `This document has ${pages} pages, which is too much for a preview.`);
    return { status: 200, body: { svg: bytes.toString('utf8'), pages } };
  } catch (error) {
    if (!(error instanceof PrintError)) throw error;
    throw invalidValues([wrong(error.line, error.said)]);
  }
}

async function previewJob(documents: Documents, candidate: Candidate, id: unknown): Promise<PrintJob> {
  const { database } = documents.options;
  const { index, object, definition, source, language } = candidate;
  if (id === undefined || id === null)
    return { source, data: sampleData(candidate, sampleRecord(candidate)), pictures: [], atSeconds: 0, as: 'svg' };
  const record = typeof id === 'string' && isUuid(id) ? await loadRecord(database.read, { index, object }, { id }) : null;
  if (!record) throw notFound(object, plainText(id));
  const at = { index, query: database.read, definition, object, record, isDraft: false };
  return jobOf(at, { facts: await factsOf(at), template: { language, source, version: null }, as: 'svg' });
}

function sampleRecord({ index, object, definition }: Candidate): Candidate['definition']['sample']['record'] {
  return { ...definition.sample.record, ...exampleRecord(index, object) };
}

function candidateOf(documents: Documents, of: { object: ObjectDefinition; language: string; source: string }): Candidate {
  return { index: documents.options.schema(), definition: demanded(documents.definitionOf(of.object), of.object), ...of };
}

/** The document that the path names, and the language. */
function asked(documents: Documents, { params }: RouteRequest): { object: ObjectDefinition; language: string } {
  const { module, schema } = documents.options;
  const { object: name = '', language = '' } = params;
  const object = module.documents.some((one) => one.object === name) ? schema().byName.get(name) : undefined;
  if (!object)
    throw new Refusal(
      'not_found',
      `${name.slice(0, 60)} is no document.${didYouMean(
        name,
        module.documents.map((one) => one.object),
      )}`,
    );
  if (!LANGUAGE.test(language)) throw new Refusal('not_found', 'A language has two small letters, such as de.');
  return { object, language };
}

function sourceOf(body: unknown): string {
  const source = isRecord(body) ? body['source'] : undefined;
  const unknown = Object.keys(isRecord(body) ? body : {}).find((key) => key !== 'source' && key !== 'id');
  if (unknown !== undefined) throw new Refusal('unknown_name', `There is no key ${unknown.slice(0, 60)} here.`);
  if (typeof source !== 'string') throw new Refusal('malformed_request', 'source is the text of the template.');
  if (source.length <= SOURCE_CHARACTERS_MAX) return source;
  throw invalidValues([
    wrong(null, {
      en: `A template has at most ${SOURCE_CHARACTERS_MAX} characters.`,
      de: `Eine Vorlage hat höchstens ${SOURCE_CHARACTERS_MAX} Zeichen.`,
    }),
  ]);
}

/** The version that the change is made to: it has to be said. */
function matchOf({ headers }: RouteRequest): number {
  const version = /^"?(\d{1,9})"?$/.exec(headers['if-match'] ?? '')?.[1];
  if (version === undefined) throw new Refusal('version_required', 'Send If-Match with the ETag of the template.');
  return Number(version);
}
