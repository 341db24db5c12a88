import type { Transaction } from '#platform/data/database.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';

/** Hours that a file stays which no record holds: long enough to finish the form it was uploaded in. */
const UNHELD_HOURS = 24;

const FILES_AT_ONCE = 20;

/** Lets go of files whose field or object is no longer in the metadata, and of comments on records whose object is not: their column or table went with it. */
export async function releaseDropped(transaction: Transaction, index: SchemaIndex): Promise<void> {
  const objects = index.schema.objects.map((object) => object.id);
  const fields = index.schema.objects.flatMap((object) => object.fields.map((field) => field.id));
  await transaction.query({
    text: `with gone as (delete from platform.file_holder
        where not (object = any($1::text[])) or (field <> '' and not (field = any($2::text[]))) returning file_id)
      update platform.file f set unheld_since = now() where id in (select file_id from gone) and unheld_since is null
        and not exists (select from platform.file_holder h where h.file_id = f.id and h.object = any($1::text[])
          and (h.field = '' or h.field = any($2::text[])))`,
    values: [objects, fields],
  });
  await transaction.query({ text: 'delete from platform.comment where not (object = any($1::text[]))', values: [objects] });
}

/** Removes some files that nothing has held for a day, and answers how many; call it until there are none. */
export async function sweepFiles(transaction: Transaction): Promise<number> {
  const gone = await transaction.query({
    text: `delete from platform.file where id in (
        select id from platform.file where unheld_since < now() - make_interval(hours => $1::integer)
        order by unheld_since limit $2::integer for update skip locked) returning id`,
    values: [UNHELD_HOURS, FILES_AT_ONCE],
  });
  return gone.length;
}
