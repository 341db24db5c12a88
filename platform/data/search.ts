import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { identifier, TEXT_COLLATION } from './identifier.ts';

/**
 * Searching text: the SQL functions it stands on, and the expressions that queries and indexes share. An index is only used
 * when its expression is the very same text as the query's, so both are built here.
 */

/** Creates the functions in schema `platform`. Runs before the first index on them. */
export const SEARCH_FUNCTIONS = String.raw`
create or replace function platform.fold(value text) returns text language sql immutable parallel safe as $$
  select case when octet_length(value) = char_length(value) then lower(value collate "C") collate "C"
    else replace(lower(regexp_replace(normalize(value, nfkd), '[\u0300-\u036f]', '', 'g') collate "und-x-icu"), 'ß', 'ss') collate "C" end
$$;
create or replace function platform.words(value text) returns tsvector language sql immutable parallel safe as $$
  select to_tsvector('pg_catalog.simple'::regconfig, translate(platform.fold(value), '!"#$%&''()*+,-./:;<=>?@[\]^_${'`'}{|}~', repeat(' ', 32)))
$$;
`;

/** The same words in two thirds of the time: `translate` looks up every character among all that it replaces. */
export const WORDS_BY_PATTERN = String.raw`
create or replace function platform.words(value text) returns tsvector language sql immutable parallel safe as $$
  select to_tsvector('pg_catalog.simple'::regconfig, regexp_replace(platform.fold(value), '[!-/:-@\[-${'`'}{-~]+', ' ', 'g'))
$$;
`;

/** What of a definition says how it is searched. */
export type Searched = Pick<ObjectDefinition, 'fields' | 'titleField'>;

/** The field that stands for a record where there is room for one. */
export function titleFieldOf(object: Searched): FieldDefinition | null {
  return (
    object.fields.find((field) => field.state !== 'retired' && (field.name === object.titleField || field.id === object.titleField)) ?? null
  );
}

/** The fields that `q` and lookup search: those marked so, and the title. In the order in which the full-text index has them. */
export function searchableFields(object: Searched): readonly FieldDefinition[] {
  const title = titleFieldOf(object);
  const isSearched = (field: FieldDefinition) =>
    field.state !== 'retired' && (field.searchable === true || field === title) && fieldType(field.type).searchable;
  return object.fields.filter(isSearched).toSorted((left, right) => (left.id < right.id ? -1 : 1));
}

/**
 * The full-text document of a record over some of its fields. `alias` is the table's, with its dot; empty inside an index:
 * `create index … using gin ((<searchDocument(fields, '')>))`.
 */
export function searchDocument(fields: readonly FieldDefinition[], alias: string): string {
  const texts = fields.map((field) => `coalesce(${searchText(field, alias + identifier(field.column))}, '')`);
  return `platform.words(${texts.join(` || ' ' || `)})`;
}

/** What a prefix search compares: `create index … ((<foldedColumn(field, '')>) text_pattern_ops)`. */
export function foldedColumn(field: FieldDefinition, alias: string): string {
  return `platform.fold(${searchText(field, alias + identifier(field.column))})`;
}

/**
 * Whether values of the field are many different texts, of which one index, in the collation of their order, serves equality too. Options and the
 * like are few, each of which stands once in an index of its own; and what is unique has its index anyway.
 */
export function isManyTexts(field: FieldDefinition): boolean {
  const { storage, searchable } = fieldType(field.type);
  return storage === 'text' && searchable && field.unique !== true;
}

/** The side of an equation that is the field's: in the collation of the index that is to find it. Equal are the same texts in both. */
export function equated(field: FieldDefinition, expression: string): string {
  return isManyTexts(field) ? `${expression} collate ${TEXT_COLLATION}` : expression;
}

/** The text of a column that people mean when they search it: of JSON the values, without its keys, of HTML the words, without its tags. */
export function searchText(field: FieldDefinition, expression: string): string {
  const { storage, isMarkup } = fieldType(field.type);
  if (isMarkup === true) return markupText(expression);
  if (storage !== 'json') return expression;
  return `regexp_replace(${expression}::text, '"[A-Za-z]+": ', ' ', 'g')`;
}

/** HTML without its tags: those inside a word leave nothing behind, all others a space. */
function markupText(expression: string): string {
  const whole = `regexp_replace(${expression}, '</?(strong|em|u|s|a|sub|sup|code)( [^>]*)?>', '', 'g')`;
  return `replace(regexp_replace(${whole}, '(\\s|<[^>]*>)+', ' ', 'g'), '&amp;', '&')`;
}

const WORDS_MAX = 8;

/** The words of what somebody typed, as the index has them. */
export function typedWords(typed: string): readonly string[] {
  const folded = typed
    .slice(0, 200)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('ß', 'ss');
  return folded
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '')
    .slice(0, WORDS_MAX);
}

/** The tsquery text for what somebody typed: every word must begin some word of the record. Null when nothing is left to search for. */
export function searchQuery(typed: string): string | null {
  const words = typedWords(typed);
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(' & ');
}

/** The same for a number that was typed with spaces and is stored without, such as a telephone number, an IBAN or a VAT number; null for anything else. */
export function wholeNumberQuery(typed: string): string | null {
  const words = typedWords(typed);
  const isNumber = words.length > 1 && words.every((word, at) => /\d/.test(word) || (at === 0 && word.length === 2));
  return isNumber ? `'${words.join('').replace(/^00/, '')}':*` : null;
}
