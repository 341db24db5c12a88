import { createHash } from 'node:crypto';
import type { Database, Transaction } from '#platform/data/database.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { jsonObjectOf, plainText } from '#platform/kernel/json.ts';
import { mappedName } from './import-columns.ts';
import type { ImportInput } from './import-input.ts';
import { isOwnHeader } from './refused-rows.ts';

/** How files with certain headers were imported before. `mapping`: header → field, empty where a column was left out. */
export type ImportPreset = {
  readonly mapping: ReadonlyMap<string, string>;
  readonly by: string | null;
  readonly decimalComma: boolean;
  readonly germanDates: boolean;
  readonly isEveryones: boolean;
};

/** Whose preset: one actor's, or everyone's. */
export type PresetOwner = { readonly actor: string } | 'everyone';

/** Presets of one owner for one object; of more the oldest go. */
const PRESETS_MOST = 50;

/** Keeps how a file was imported, for the next one with the same headers, in whatever order these stand. */
export async function keepPreset(transaction: Transaction, input: ImportInput, owner: PresetOwner): Promise<void> {
  const entries = input.columns
    .map((column, at): readonly [string, string] => [input.headers[at] ?? '', column ? mappedName(column) : ''])
    .filter(([header]) => !isOwnHeader(header));
  const { by, style } = input;
  const { decimalComma, germanDates } = style;
  const options = { mapping: Object.fromEntries(entries), by, decimalComma, germanDates };
  await transaction.query({
    text: `insert into platform.import_preset (object, headers, owner, options) values ($1, $2, $3, $4::jsonb)
      on conflict (object, headers, owner) do update set options = excluded.options, at = now()`,
    values: [input.object, fingerprint(input.headers), nameOf(owner), JSON.stringify(options)],
  });
  await transaction.query({
    text: `delete from platform.import_preset where object = $1 and owner = $2 and headers in
      (select headers from platform.import_preset where object = $1 and owner = $2 order by at desc offset ${PRESETS_MOST})`,
    values: [input.object, nameOf(owner)],
  });
}

/** How files with these headers were imported: by this actor, else by somebody who kept it for everyone. */
export async function findPreset(
  database: Pick<Database, 'read'>,
  file: { readonly object: string; readonly headers: readonly string[]; readonly actor: string },
): Promise<ImportPreset | null> {
  const [row] = await database.read({
    text: `select owner, options from platform.import_preset where object = $1 and headers = $2 and owner in ($3, '') order by owner desc limit 1`,
    values: [file.object, fingerprint(file.headers), file.actor],
  });
  if (!row) return null;
  const { mapping, by, decimalComma, germanDates } = jsonObjectOf(row[1]);
  return {
    mapping: new Map(Object.entries(isRecord(mapping) ? mapping : {}).map(([header, name]) => [header, plainText(name)])),
    by: typeof by === 'string' ? by : null,
    decimalComma: decimalComma === true,
    germanDates: germanDates === true,
    isEveryones: row[0] === '',
  };
}

function nameOf(owner: PresetOwner): string {
  return owner === 'everyone' ? '' : owner.actor;
}

function fingerprint(headers: readonly string[]): string {
  const theirs = headers.filter((header) => !isOwnHeader(header));
  return createHash('sha256').update(JSON.stringify(theirs.toSorted())).digest('hex');
}
