import type { DocumentContent } from '#platform/kernel/documents/document.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, jsonListOf, jsonOf } from '#platform/kernel/json.ts';
import type { FieldDefinition, Json, Label, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import { formatOf, wordsOf } from './language.ts';

/** A document before it is put into the words of a language. */
export type Unprinted = {
  readonly index: SchemaIndex;
  readonly object: ObjectDefinition;
  readonly record: RecordValues;
  readonly content: DocumentContent;
  readonly language: string;
  readonly isDraft: boolean;
};

/** Everything a template can write: the content, what administrators have added to the record and its lines, and the words and formats of the language. */
export function documentData({ index, object, record, content, language, isDraft }: Unprinted): { readonly [name: string]: Json } {
  const currency = typeof content['currency'] === 'string' ? content['currency'] : 'EUR';
  const data: { readonly [name: string]: Json } = {
    ...content,
    custom: customContent(index, object, { record, language }),
    type: object.name,
    title: titleOf(object, language),
    language,
    isDraft,
    words: wordsOf(language),
    format: formatOf(language, currency),
  };
  const lines = index.fieldsOf(object).all.find((field) => field.name === 'lines');
  const child = lines?.child === undefined ? undefined : index.byName.get(lines.child);
  return child
    ? { ...data, lines: customLines(content['lines'], (row) => customContent(index, child, { record: row, language }), record['lines']) }
    : data;
}

/** What a document of the object is called in a language. */
export function titleOf(object: ObjectDefinition, language: string): string {
  return inLanguage(object.document?.label ?? object.label, language);
}

/** A value of every custom field as an example, for templates that are tried. */
export function exampleRecord(index: SchemaIndex, object: ObjectDefinition): RecordValues {
  return Object.fromEntries(customFields(index, object).map((field) => [apiNameOf(field), exampleOf(field)]));
}

function exampleOf(field: FieldDefinition): unknown {
  const [option] = field.options ?? [];
  if (field.type === 'select') return option?.key ?? null;
  if (field.type === 'multiSelect') return option ? [option.key] : [];
  return fieldType(field.type).example(field);
}

/** Types whose values cannot be written: rows and files, and references, of which only an id is known here. */
const UNWRITABLE: readonly string[] = [
  'children',
  'file',
  'image',
  'json',
  'lookup',
  'user',
  'manyToMany',
  'polymorphic',
  'relatedValue',
  'uuid',
];

/** The custom fields that templates can write, by name. */
export function customFields(index: SchemaIndex, object: ObjectDefinition): readonly FieldDefinition[] {
  return index.fieldsOf(object).all.filter((field) => field.custom === true && !UNWRITABLE.includes(field.type));
}

function customContent(index: SchemaIndex, object: ObjectDefinition, of: { record: RecordValues; language: string }): Json {
  return Object.fromEntries(
    customFields(index, object).map((field) => [apiNameOf(field), writable(field, of.record[apiNameOf(field)], of.language)]),
  );
}

/** Options by their labels; everything else as the API has it. */
function writable(field: FieldDefinition, value: unknown, language: string): Json {
  if (value === undefined || value === null) return null;
  const labelled = (key: unknown): string => {
    const option = field.options?.find((one) => one.key === key);
    return option ? inLanguage(option.label, language) : String(key);
  };
  if (field.type === 'select') return labelled(value);
  if (isList(value)) return value.map(labelled).join(', ');
  return jsonOf(JSON.stringify(value));
}

function customLines(lines: Json | undefined, custom: (row: RecordValues) => Json, rows: unknown): Json {
  if (!isList(lines) || !isList(rows)) return lines ?? [];
  return jsonListOf(JSON.stringify(lines)).map((line, index): Json => {
    const row = rows[index];
    return isRecord(line) ? { ...line, custom: custom(isRecord(row) ? row : {}) } : line;
  });
}

function inLanguage(label: Label, language: string): string {
  return language === 'de' ? (label.de ?? label.en) : label.en;
}
