import { fetchFacts } from '#platform/data/save/facts.ts';
import { loadRecord, notFound, type Query } from '#platform/data/save/load.ts';
import type { Database } from '#platform/data/database.ts';
import type { Issuing } from '#platform/data/store.ts';
import type { DocumentDefinition, DocumentFacts } from '#platform/kernel/documents/document.ts';
import { documentLanguage } from '#platform/kernel/documents/address.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { Module, RecordValues } from '#platform/kernel/module.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { fetchLogo, withLogo } from './company-logo.ts';
import { documentData, titleOf } from './document-data.ts';
import { keepDocument } from './issued.ts';
import type { FetchFile } from './pictures.ts';
import { PrintError, type PrintJob } from './print-job.ts';
import type { Printer, Printers } from './printer.ts';
import { templateInForce, type Template } from './templates.ts';

/** What the documents of one service stand on. */
export type DocumentsOptions = {
  readonly module: Module;
  readonly database: Database;
  readonly schema: () => SchemaIndex;
  readonly printers: Printers;
  readonly fetchFile: FetchFile;
};

/** The documents of one service: printed, and kept when they are issued. */
export type Documents = Issuing & {
  readonly options: DocumentsOptions;
  readonly definitionOf: (object: ObjectDefinition) => DocumentDefinition | null;
  /** A record that is not issued, as it would be printed now. */
  readonly draft: (object: ObjectDefinition, id: string) => Promise<{ readonly name: string; readonly bytes: Buffer }>;
};

/** A record to be printed, and what it is printed with. */
type Printable = {
  readonly index: SchemaIndex;
  readonly query: Query;
  readonly definition: DocumentDefinition;
  readonly object: ObjectDefinition;
  readonly record: RecordValues;
  readonly isDraft: boolean;
};

/** Opens the documents of a module. */
export function openDocuments(options: DocumentsOptions): Documents {
  const { module, database, schema } = options;
  const definitionOf = (object: ObjectDefinition): DocumentDefinition | null =>
    object.document ? (module.documents.find((one) => one.object === object.name) ?? null) : null;
  return Object.freeze({
    options,
    definitionOf,
    prepare: async (object, id) => {
      const definition = definitionOf(object);
      const record = definition && (await loadRecord(database.read, { index: schema(), object }, { id }));
      if (definition && record) await fetchLogo(options, await factsOf({ index: schema(), query: database.read, definition, record }));
    },
    issue: async (transaction, issued) => {
      const definition = definitionOf(issued.object);
      if (!definition) return;
      const { object, record } = issued;
      const at = { index: schema(), query: transaction.query, definition, object, record, isDraft: false };
      await keepDocument(transaction, issued, await printed(options, at, options.printers.issuing));
    },
    draft: async (object, id) => {
      const definition = demanded(definitionOf(object), object);
      const index = schema();
      const record = await loadRecord(database.read, { index, object }, { id });
      if (!record) throw notFound(object, id);
      await fetchLogo(options, await factsOf({ index, query: database.read, definition, record }));
      const at = { index, query: database.read, definition, object, record, isDraft: (record['number'] ?? null) === null };
      return printed(options, at, options.printers.trying);
    },
  } satisfies Documents);
}

/** The definition of a document, where the object has one. */
export function demanded(definition: DocumentDefinition | null, object: ObjectDefinition): DocumentDefinition {
  if (definition) return definition;
  throw new Refusal('not_found', `${object.pluralLabel.en} are not printed.`);
}

async function printed(
  { module }: DocumentsOptions,
  at: Printable,
  printer: Printer,
): Promise<{ name: string; bytes: Buffer; language: string; template: number | null }> {
  const facts = await factsOf(at);
  const wanted = documentLanguage(facts['customer']?.[0], facts['company']?.[0]);
  const template = await templateInForce(at.query, { module: module.name, object: at.object.name }, wanted);
  if (!template)
    throw new Refusal('not_found', `${at.object.pluralLabel.en} have no template. An administrator can write one in the set-up.`);
  const job = await jobOf(at, { facts, template });
  const { bytes } = await printer.print(job).catch((error: unknown) => refuseTemplate(error, at.object, template));
  const number = at.record['number'];
  const title = titleOf(at.object, template.language);
  return {
    name: `${typeof number === 'string' ? `${title} ${number}` : title}.pdf`,
    bytes,
    language: template.language,
    template: template.version,
  };
}

/** Everything that is printed, with the pictures that it shows. */
export async function jobOf(
  at: Printable,
  { facts, template, as = 'pdf' }: { facts: DocumentFacts; template: Template; as?: PrintJob['as'] },
): Promise<PrintJob> {
  const content = at.definition.content(at.record, facts, template.language);
  const data = documentData({ ...at, content, language: template.language });
  return {
    source: template.source,
    ...(await withLogo(at.query, { facts, data })),
    atSeconds: Math.floor(Date.now() / 1000),
    as,
  };
}

/** The records that a document speaks of. */
export function factsOf(at: Pick<Printable, 'index' | 'query' | 'definition' | 'record'>): Promise<DocumentFacts> {
  const source = { index: at.index, query: at.query, system: systemCaller(at.index.schema.module) };
  return fetchFacts(source, at.definition.needs(at.record), new Map());
}

/** The refusal of a document whose template cannot be printed: which one it is, where, and what to do about it. */
function refuseTemplate(error: unknown, object: ObjectDefinition, { language }: Template): never {
  if (!(error instanceof PrintError)) throw error;
  const where = error.line === null ? { en: '', de: '' } : { en: ` in line ${error.line}`, de: ` in Zeile ${error.line}` };
  throw new Refusal(
    'template_problem',
    {
      en: `The template of ${titleOf(object, 'en')} (${language}) cannot be printed${where.en}: ${error.said.en} Correct it in the set-up under document templates, or go back to the shipped one.`,
      de: `Die Vorlage ${titleOf(object, 'de')} (${language}) lässt sich nicht drucken${where.de}: ${error.said.de} Berichtigen Sie sie in der Einrichtung unter Belegvorlagen, oder kehren Sie zur mitgelieferten zurück.`,
    },
    { extra: { template: { object: object.name, language, line: error.line, reason: error.message } } },
  );
}
