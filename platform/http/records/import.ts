import { uniqueField } from '#platform/data/save/upsert.ts';
import { fileContent } from '#platform/files/read-file.ts';
import type { StoredFile } from '#platform/files/file.ts';
import { enqueue } from '#platform/data/new-job.ts';
import { jobOf } from '#platform/jobs/job.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { sentence } from '#platform/kernel/sentence.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import type { FileBytes } from '#platform/transfer/csv-file.ts';
import { parseMapping, resolveColumns } from '#platform/transfer/import-columns.ts';
import { keepPreset, type PresetOwner } from '#platform/transfer/import-presets.ts';
import { makeable } from '#platform/transfer/import-missing.ts';
import { holdForJob, IMPORT_KIND } from '#platform/transfer/import-runner.ts';
import type { ImportInput } from '#platform/transfer/import-input.ts';
import { openTable, type OpenTable } from '#platform/transfer/table-file.ts';
import { receiveFile } from '../files/receive.ts';
import { sendJson, type Call } from './call.ts';
import { flag, parameters } from './parameters.ts';

const OPTIONS = ['dryRun', 'by', 'mapping', 'delimiter', 'sheet', 'decimalComma', 'germanDates', 'remember', 'makeMissing'];

/** POST …/import: a CSV or XLSX file, its options in the URL or as fields before it → 202 and the job that imports it. */
export async function importAll(call: Call): Promise<void> {
  const given = parameters(call.request, OPTIONS);
  refuseImport(call);
  const fields = new Map<string, string>();
  const { database } = call.api.store;
  const file = await receiveFile(call.request, { database, by: call.caller.actor, onField: (name, value) => void fields.set(name, value) });
  const unknown = [...fields.keys()].find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined) throw new Refusal('unknown_name', `An import has no ${unknown.slice(0, 60)}, only ${OPTIONS.join(', ')}.`);
  const options = { ...given, ...Object.fromEntries(fields) };
  const input = await inputOf(call, file, options);
  const remembered = ownerOf(call, options['remember']);
  const id = await database.transaction(async (transaction) => {
    const made = await enqueue(transaction, { kind: IMPORT_KIND, input: { ...input }, by: call.caller.actor });
    if (made !== null) await holdForJob(transaction, { file: file.id, job: made, object: call.object.id, by: call.caller.actor });
    if (remembered !== null && !input.dryRun) await keepPreset(transaction, input, remembered);
    return made ?? '';
  });
  call.api.wakeJobs();
  call.response.setHeader('Location', `/api/${call.api.store.module.name}/jobs/${id}`);
  sendJson(call.response, 202, JSON.stringify(await jobOf(database, id)));
}

/** Only who may write records may import them. */
export function refuseImport({ object, caller }: Call): void {
  const rights = caller.permissions.on(object);
  if (object.parent !== undefined)
    throw refused('method_not_allowed', object, {
      en: (many) => `${many} are written inside their parent and cannot be imported alone.`,
      de: (many) => `${many} werden in ihrem Hauptsatz geschrieben und lassen sich nicht allein importieren.`,
    });
  if (!rights.create && !rights.edit)
    throw refused('not_allowed', object, {
      en: (many) => `You may not import ${many}.`,
      de: (many) => `Sie dürfen keine Datensätze importieren (${many}).`,
    });
}

function refused(
  code: 'method_not_allowed' | 'not_allowed',
  object: ObjectDefinition,
  said: { [language in 'en' | 'de']: (many: string) => string },
): Refusal {
  const many = { label: object.pluralLabel };
  return new Refusal(
    code,
    sentence(
      (of) => said.en(of(many)),
      (of) => said.de(of(many)),
    ),
  );
}

/** The refusal of a file in which nothing stands. */
export function emptyFile(): Refusal {
  return new Refusal('malformed_request', {
    en: 'The file is empty. Its first line names the columns.',
    de: 'Die Datei ist leer. Ihre erste Zeile nennt die Spalten.',
  });
}

const ADMINISTRATORS_ALONE = {
  en: 'Only administrators keep the columns of a file for everyone.',
  de: 'Nur Administratoren merken die Spalten einer Datei für alle.',
};

/** For whom the columns are kept: for whoever imports, unless said otherwise. What is everyone's is an administrator's to set. */
function ownerOf({ caller }: Call, remember: string | undefined): PresetOwner | null {
  if (remember === undefined || remember === '' || remember === 'me') return { actor: caller.actor };
  if (remember === 'no') return null;
  if (remember !== 'everyone') throw new Refusal('malformed_request', 'remember is me, everyone or no.');
  if (!caller.permissions.administrator) throw new Refusal('not_allowed', ADMINISTRATORS_ALONE);
  return 'everyone';
}

type Options = { readonly [name: string]: string | undefined };

async function inputOf(call: Call, file: StoredFile, options: Options): Promise<ImportInput> {
  const { store } = call.api;
  const bytes: FileBytes = () => fileContent(store.database, file);
  const table = await openTable(bytes, { delimiter: delimiterOf(options['delimiter']), sheet: options['sheet'] || undefined });
  const headers = await headersOf(table);
  const scope = { schema: store.schema(), permissions: call.caller.permissions };
  const columns = resolveColumns(scope, call.object, { headers, mapping: parseMapping(options['mapping']), by: options['by'] });
  const by =
    options['by'] === undefined || options['by'] === ''
      ? null
      : uniqueField(store, call.caller, { object: call.object, name: options['by'] });
  if (by && !columns.some((column) => column?.key === apiNameOf(by)))
    throw new Refusal(
      'malformed_request',
      sentence(
        (of) => `Rows are matched by ${of(by)}, but no column of the file is for it.`,
        (of) => `Zeilen werden nach ${of(by)} zugeordnet, aber keine Spalte der Datei ist dafür.`,
      ),
    );
  const { permissions: _permissions, ...caller } = call.caller;
  return {
    file: file.id,
    object: call.object.id,
    columns,
    headers,
    by: by ? apiNameOf(by) : null,
    makes: makesOf(call, columns, options['makeMissing']),
    dryRun: flag('dryRun', options['dryRun']),
    form: table.form,
    style: {
      decimalComma: flag('decimalComma', options['decimalComma']),
      germanDates: flag('germanDates', options['germanDates']),
      timeZone: call.caller.timeZone,
    },
    caller,
  };
}

/** The references whose missing records are made: those of columns to objects of this service, which the caller may create. */
function makesOf({ api, object, caller }: Call, columns: ImportInput['columns'], text: string | undefined): readonly string[] {
  const schema = api.store.schema();
  return (text ?? '').split(',').flatMap((given) => {
    const key = given.trim();
    if (key === '') return [];
    const field = schema.fieldsOf(object).byApiName.get(key);
    const what = columns.some((column) => column?.key === key) && field ? makeable(schema, object, field) : null;
    if (!what) throw new Refusal('malformed_request', `No column refers by ${key.slice(0, 60)} to records that an import can make.`);
    if (!caller.permissions.on(what.target).create)
      throw refused('not_allowed', what.target, {
        en: (many) => `You may not create ${many}.`,
        de: (many) => `Sie dürfen keine Datensätze anlegen (${many}).`,
      });
    return [key];
  });
}

async function headersOf(table: OpenTable): Promise<readonly string[]> {
  for await (const { cells } of table.rows({ decimalComma: false })) return cells.map((header) => header.trim());
  throw emptyFile();
}

/** The separator that a request names; undefined leaves it to the first line. */
export function delimiterOf(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (text === 'tab') return '\t';
  if (text.length !== 1 || /[\w"\s]/.test(text)) throw new Refusal('malformed_request', 'delimiter is one character such as ; or tab.');
  return text;
}
