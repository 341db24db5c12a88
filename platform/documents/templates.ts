import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Query } from '#platform/data/save/load.ts';
import { SHIPPED_LANGUAGES } from './language.ts';

/** What a document looks like in a language. `version` is that of an administrator's, null for the shipped one. */
export type Template = { readonly language: string; readonly source: string; readonly version: number | null };

/** A state that a template was given; without a source it went back to the shipped one. */
export type TemplateVersion = { readonly version: number; readonly by: string; readonly at: string; readonly isReset: boolean };

const MODULES = join(import.meta.dirname, '..', '..', 'modules');
/** The language of documents whose own has no template. */
const OTHERWISE = 'en';

/** The template that a module's folder has for a document; null when it has none in that language. */
export function shippedTemplate(module: string, object: string, language: string): string | null {
  if (!SHIPPED_LANGUAGES.includes(language)) return null;
  const path = join(MODULES, module, 'templates', `${object}.${language}.typ`);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** The template in force: the administrators' newest, else the shipped one, else the same in English. */
export async function templateInForce(query: Query, of: { module: string; object: string }, language: string): Promise<Template | null> {
  const own = await newest(query, of.object, language);
  if (own?.source !== undefined && own.source !== null) return { language, source: own.source, version: own.version };
  const shipped = shippedTemplate(of.module, of.object, language);
  if (shipped !== null) return { language, source: shipped, version: null };
  return language === OTHERWISE ? null : templateInForce(query, of, OTHERWISE);
}

/** The last state that administrators gave a template; null when they never touched it. */
export async function newest(query: Query, object: string, language: string): Promise<{ version: number; source: string | null } | null> {
  const [row] = await query({
    text: 'select version, source from platform.document_template where object = $1 and language = $2 order by version desc limit 1',
    values: [object, language],
  });
  return row ? { version: Number(row[0]), source: row[1] ?? null } : null;
}

/** The source of one version; null when there is none, or when it went back to the shipped one. */
export async function sourceOfVersion(query: Query, of: { object: string; language: string; version: number }): Promise<string | null> {
  const [row] = await query({
    text: 'select source from platform.document_template where object = $1 and language = $2 and version = $3::integer',
    values: [of.object, of.language, of.version],
  });
  return row?.[0] ?? null;
}

const VERSIONS_SHOWN = 100;

/** The states that a template was given, newest first. */
export async function versionsOf(query: Query, object: string, language: string): Promise<readonly TemplateVersion[]> {
  const rows = await query({
    text: `select version, by, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), source is null
      from platform.document_template where object = $1 and language = $2 order by version desc limit ${VERSIONS_SHOWN}`,
    values: [object, language],
  });
  return rows.map(([version, by, at, isReset]) => ({ version: Number(version), by: by ?? '', at: at ?? '', isReset: isReset === 't' }));
}

/** Languages that administrators have templates in, by object. */
export async function ownLanguages(query: Query): Promise<readonly { readonly object: string; readonly language: string }[]> {
  const rows = await query({ text: 'select distinct object, language from platform.document_template', values: [] });
  return rows.map(([object, language]) => ({ object: object ?? '', language: language ?? '' }));
}

/** Adds a state behind the one of that version; null says that there is a newer one already. */
export async function addVersion(
  query: Query,
  template: { object: string; language: string; after: number; source: string | null; by: string },
): Promise<number | null> {
  const [row] = await query({
    text: `insert into platform.document_template (object, language, version, source, by)
      select $1, $2, $3::integer + 1, $4, $5
      where coalesce((select max(version) from platform.document_template where object = $1 and language = $2), 0) = $3::integer
      on conflict do nothing returning version`,
    values: [template.object, template.language, template.after, template.source, template.by],
  });
  return row ? Number(row[0]) : null;
}
