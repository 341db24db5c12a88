import type { ModuleSchema, ObjectDefinition } from '#platform/kernel/model.ts';
import { identifier, literal } from '../identifier.ts';
import { titleFieldOf } from '../search.ts';
import { columnType } from './columns.ts';

/** Of a table that was there before so many titles are learned at once: the newest. */
const LEARNED_AT_ONCE = 20_000;

/**
 * The statements that keep the words of titles, for objects that are found in spite of typing errors: one trigger for what is added, by the
 * statement, and one for titles that change. Words stay when their last record goes: they find nothing then.
 */
export function wordStatements(before: ModuleSchema | null, after: ModuleSchema): readonly string[] {
  const had = new Map((before?.objects ?? []).map((object) => [object.id, triggersOf(object)]));
  return after.objects.flatMap((object) => {
    const [was, is] = [had.get(object.id), triggersOf(object)];
    if (is !== null) return is === was ? [] : [is, ...(was === undefined ? [] : [learnThere(object)])];
    return was
      ? [`drop trigger if exists words_added on ${tableOf(object)}; drop trigger if exists words_changed on ${tableOf(object)}`]
      : [];
  });
}

function triggersOf(object: ObjectDefinition): string | null {
  const title = titleFieldOf(object);
  if (object.features.fuzzySearch !== true || title === null || columnType(title) !== 'text') return null;
  const column = identifier(title.column);
  const learn = `execute function platform.learn_words(${literal(object.name)}, ${literal(title.column)})`;
  return `create or replace trigger words_added after insert on ${tableOf(object)} referencing new table as made for each statement ${learn};
    create or replace trigger words_changed after update on ${tableOf(object)} for each row when (old.${column} is distinct from new.${column}) ${learn}`;
}

function learnThere(object: ObjectDefinition): string {
  const column = identifier(titleFieldOf(object)?.column ?? '');
  const titles = `select ${column} as title from ${tableOf(object)} order by id desc limit ${LEARNED_AT_ONCE}`;
  return `select platform.learn(${literal(object.name)}, (select array_agg(title) from (${titles}) newest))`;
}

function tableOf(object: ObjectDefinition): string {
  return `records.${identifier(object.table)}`;
}

/**
 * Words of titles with what is left of their beginnings when one letter is missing: two words that differ by one letter more, less, other or
 * swapped have one of these in common (symmetric deletion, as in W. Garbe's SymSpell). Nothing is unique, so that no writer waits for another.
 */
export const LEARN_WORDS = `
create table platform.word (object text not null, word text not null, keys text[] not null);
create index word_word on platform.word (object, word);
create index word_keys on platform.word using gin (keys);
create function platform.word_keys(word text) returns text[] language sql immutable parallel safe as $$
  select array_agg(distinct left(beginning, i - 1) || substr(beginning, i + 1)) || beginning
    from (select left(word, 7)) b(beginning), generate_series(1, char_length(beginning)) i group by beginning
$$;
create function platform.learn(of text, titles text[]) returns void language sql as $$
  insert into platform.word (object, word, keys)
  select of, w, platform.word_keys(w)
    from (select distinct unnest(tsvector_to_array(platform.words(title))) from unnest(titles) title) seen(w)
    where char_length(w) between 4 and 40 and not exists (select from platform.word known where known.object = of and known.word = w)
$$;
create function platform.learn_words() returns trigger language plpgsql as $$
declare
  titles text[];
begin
  if tg_level = 'ROW' then
    titles := array[to_jsonb(new) ->> tg_argv[1]];
  else
    execute format('select array_agg(%I) from made', tg_argv[1]) into titles;
  end if;
  perform platform.learn(tg_argv[0], titles);
  return null;
end $$;`;

/**
 * The same, by the index for each word, whatever is known of the table: a plan made while it held few words reads all of it for every batch of an
 * import. Numbers are no words: nobody spells them wrongly, and companies that are counted through would fill the table with them.
 */
export const LEARN_BY_INDEX = `
create or replace function platform.learn(of text, titles text[]) returns void language sql
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
  insert into platform.word (object, word, keys)
  select of, w, platform.word_keys(w)
    from (select distinct unnest(tsvector_to_array(platform.words(title))) from unnest(titles) title) seen(w)
    where char_length(w) between 4 and 40 and w !~ '^[0-9]+$'
      and not exists (select from platform.word known where known.object = of and known.word = w)
$$;`;
