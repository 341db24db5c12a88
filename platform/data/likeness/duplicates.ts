import { fieldType } from '#platform/kernel/field-types/index.ts';
import { ValueProblem } from '#platform/kernel/field-types/field-type.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, parseObject, plainText } from '#platform/kernel/json.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { Likeness, RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { identifier } from '../identifier.ts';
import { likelyQuery } from '../read/likely-words.ts';
import { listRecords } from '../read/list.ts';
import { parseListQuery } from '../read/query.ts';
import type { ReadSource } from '../read/source.ts';
import { tableOf } from '../read/table.ts';
import { equated, foldedColumn, searchableFields, searchDocument, titleFieldOf } from '../search.ts';
import { nameLikeness, nameWords } from './name-likeness.ts';

/** What may be the same as others: values in API words, and the record's id where it is there already. */
export type Suspect = { readonly id: string | null; readonly values: RecordValues };

/** Why a record may be the same: the field, what both have in it, and how alike it is, 1 where it is the same. */
type Reason = { readonly field: string; readonly value: string; readonly alike: number };

const LOOKED_AT = 40;
const ANSWERED = 8;
/** Names that have so much in common are shown. */
const ALIKE_MIN = 0.8;

/** Mail of everybody: the same domain means nothing. */
const COMMON_DOMAINS = new Set(
  'aol.com freenet.de gmail.com gmx.at gmx.ch gmx.de gmx.net googlemail.com hotmail.com icloud.com live.com mail.de me.com outlook.com outlook.de posteo.de t-online.de web.de yahoo.com yahoo.de'.split(
    ' ',
  ),
);

/** Records that may be the same, the likeliest first, as the caller may see them, each with its reasons. Fields they may not read are no reason. */
export async function duplicatesOf(
  source: ReadSource,
  object: ObjectDefinition,
  { likeness, suspect }: { likeness: Likeness; suspect: Suspect },
): Promise<readonly RecordValues[]> {
  const rights = source.caller.permissions.on(object);
  const at: Place = { source, object, suspect, readable: searchableFields(object).filter(rights.mayRead) };
  const reasons = new Map<string, Reason[]>();
  const add = (found: readonly Found[]): void => {
    for (const { id, ...reason } of found) reasons.set(id, [...(reasons.get(id) ?? []), reason]);
  };
  add(await namesakes(at));
  for (const name of likeness.same) add(await withSame(at, name));
  for (const name of likeness.domains) add(await withDomain(at, name, likeness.domains));
  for (const part of likeness.parts) add(await withSamePart(at, part));
  if (reasons.size === 0) return [];
  return answered(at, reasons);
}

type Place = {
  readonly source: ReadSource;
  readonly object: ObjectDefinition;
  readonly suspect: Suspect;
  /** Fields in the full-text index that the caller may read. */
  readonly readable: readonly FieldDefinition[];
};
type Found = Reason & { readonly id: string };

/** Records whose title is like this one's. Where to look, the beginning of the title and words that are nearly its words say. */
async function namesakes(at: Place): Promise<readonly Found[]> {
  const { source, object, suspect } = at;
  const field = titleFieldOf(object);
  if (!field || !at.readable.includes(field)) return [];
  const title = plainText(suspect.values[field.name]).trim();
  const [first] = nameWords(title).toSorted((left, right) => right.length - left.length);
  if (title === '' || first === undefined) return [];
  const words = object.features.fuzzySearch === true ? await likelyQuery(source, object, first) : null;
  const column = identifier(field.column);
  const beginning = `select id, ${column} from ${tableOf(object)} where ${foldedColumn(field, '')} like platform.fold($1) || '%' and deleted_at is null order by ${foldedColumn(field, '')} using ~<~ limit ${LOOKED_AT}`;
  const others = `select id, ${column} from ${tableOf(object)} where ${document(object)} @@ to_tsquery('pg_catalog.simple', $2) and deleted_at is null limit ${LOOKED_AT}`;
  const rows = await source.query({
    text: `(${beginning}) union (${others})`,
    values: [nameWords(title)[0] ?? '', words ?? `'${first}'`],
  });
  return rows.flatMap(([id, value]) => {
    const alike = nameLikeness(title, value ?? '');
    return id && id !== suspect.id && alike >= ALIKE_MIN ? [{ id, field: field.name, value: value ?? '', alike }] : [];
  });
}

/** Records that have the very same value in a field. */
async function withSame(at: Place, name: string): Promise<readonly Found[]> {
  const field = at.readable.find((one) => one.name === name);
  const value = field && canonical(field, at.suspect.values[apiNameOf(field)]);
  if (!field || !value) return [];
  const ids = await rowsWith(at, value, { sql: `${identifier(field.column)} = $2`, value });
  return ids.map((id) => ({ id, field: name, value, alike: 1 }));
}

/** Records whose address of mail or website has the domain of this one's. */
async function withDomain(at: Place, name: string, names: readonly string[]): Promise<readonly Found[]> {
  const field = at.readable.find((one) => one.name === name);
  const domain = field && domainOf(plainText(at.suspect.values[name]));
  if (!field || !domain || COMMON_DOMAINS.has(domain)) return [];
  const columns = at.readable.filter((one) => names.includes(one.name)).map(({ column }) => identifier(column));
  const is = columns.map((column) => `${column} ~* ('(^|[@/.])' || replace($2, '.', '\\.') || '($|[/:?])')`).join(' or ');
  const ids = await rowsWith(at, domain, { sql: `(${is})`, value: domain });
  return ids.map((id) => ({ id, field: name, value: domain, alike: 0.7 }));
}

/** The full-text index says where to look, the condition what is meant. */
async function rowsWith({ source, object, suspect }: Place, text: string, is: { sql: string; value: string }): Promise<readonly string[]> {
  const rows = await source.query({
    text: `select id from (select * from ${tableOf(object)} where ${document(object)} @@ plainto_tsquery('pg_catalog.simple', regexp_replace($1, '[^[:alnum:]]+', ' ', 'g'))
      and deleted_at is null limit 1000) found where ${is.sql} limit ${LOOKED_AT}`,
    values: [text, is.value],
  });
  return rows.flatMap(([id]) => (id && id !== suspect.id ? [id] : []));
}

/** Records to which another object's records lead that have the same value as one that leads to this. */
async function withSamePart({ source, suspect }: Place, part: Likeness['parts'][number]): Promise<readonly Found[]> {
  const object = source.schema.byName.get(part.object);
  const fields = object && source.schema.fieldsOf(object).all;
  const [value, reference] = [part.field, part.reference].map((name) => fields?.find((field) => field.name === name));
  if (suspect.id === null || !object || !value || !reference || !source.caller.permissions.on(object).mayRead(value)) return [];
  const [column, owner] = [identifier(value.column), identifier(reference.column)];
  const rows = await source.query({
    text: `select other.${owner}, other.${column} from ${tableOf(object)} own join ${tableOf(object)} other on ${equated(value, `other.${column}`)} = own.${column}
      where own.${owner} = $1 and other.${owner} <> $1 and own.deleted_at is null and other.deleted_at is null limit ${LOOKED_AT}`,
    values: [suspect.id],
  });
  return rows.flatMap(([id, same]) => (id ? [{ id, field: `${part.object}.${part.field}`, value: same ?? '', alike: 1 }] : []));
}

async function answered(
  { source, object, readable }: Place,
  reasons: ReadonlyMap<string, readonly Reason[]>,
): Promise<readonly RecordValues[]> {
  const weight = (id: string): number => (reasons.get(id) ?? []).reduce((sum, { alike }) => sum + alike, 0);
  const likeliest = [...reasons.keys()].toSorted((left, right) => weight(right) - weight(left)).slice(0, ANSWERED);
  const fields = ['id', ...readable.map((field) => apiNameOf(field))].join(',');
  const query = parseListQuery({ filter: { id: { in: likeliest } }, fields, limit: ANSWERED }, 'body');
  const { items } = parseObject(await listRecords(source, object, query));
  const known = new Map((isList(items) ? items : []).filter(isRecord).map((item) => [plainText(item['id']), item]));
  const title = titleFieldOf(object)?.name ?? '';
  return likeliest.flatMap((id) => {
    const item = known.get(id);
    return item ? [{ ...item, title: item[title] ?? null, reasons: [...(reasons.get(id) ?? [])] }] : [];
  });
}

function document(object: ObjectDefinition): string {
  return searchDocument(searchableFields(object), '');
}

/** A value as it would be stored; null where it could not be. */
function canonical(field: FieldDefinition, value: unknown): string | null {
  if (typeof value !== 'string' || value.trim() === '') return null;
  try {
    return plainText(fieldType(field.type).normalize?.(value, field) ?? value) || null;
  } catch (problem) {
    if (problem instanceof ValueProblem) return null;
    throw problem;
  }
}

/** The domain of an address of mail or of the web, without its www. */
function domainOf(address: string): string | null {
  const found = /^(?:https?:\/\/|[^@\s]+@)(?:www\.)?([a-z0-9.-]+\.[a-z]{2,})/i.exec(address.trim());
  return found?.[1]?.toLowerCase() ?? null;
}
