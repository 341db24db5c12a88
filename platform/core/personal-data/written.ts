import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import type { Missing, Told } from './collect.ts';

/** What an export is headed by. */
export type Heading = { readonly object: ObjectDefinition; readonly title: string; readonly at: string; readonly language: 'en' | 'de' };

/** The export as one JSON document, in parts as they come: `{format, object, title, at, records: [{object, module, record, timeline, files}], missing}`. */
export async function* asJson(heading: Heading, found: AsyncIterable<Told | Missing>): AsyncGenerator<string> {
  const { object, title, at } = heading;
  yield `{"format":1,"object":${JSON.stringify(object.name)},"title":${JSON.stringify(title)},"at":${JSON.stringify(at)},"records":[`;
  const missing: unknown[] = [];
  let count = 0;
  for await (const one of found) {
    if ('reason' in one) {
      missing.push({ object: one.object.name, module: one.object.module, reason: one.reason });
      continue;
    }
    const { record, timeline, files } = one;
    yield `${count === 0 ? '' : ','}\n${JSON.stringify({ object: one.object.name, module: one.object.module, record, timeline, files })}`;
    count += 1;
  }
  yield `\n],"missing":${JSON.stringify(missing)}}\n`;
}

const WORDS = {
  en: {
    title: 'Personal data',
    at: 'As of',
    history: 'History',
    files: 'Files',
    not_allowed: 'may not be read by who made this export',
    unreachable: 'did not answer',
    too_many: 'has more than could be listed',
  },
  de: {
    title: 'Personenbezogene Daten',
    at: 'Stand',
    history: 'Verlauf',
    files: 'Dateien',
    not_allowed: 'darf von dem, der diese Auskunft erstellt hat, nicht gelesen werden',
    unreachable: 'hat nicht geantwortet',
    too_many: 'hat mehr, als aufgeführt werden konnte',
  },
} as const;

/** The same as a page that people read: fields by their labels, in the reader's language. */
export async function* asPage(heading: Heading, found: AsyncIterable<Told | Missing>): AsyncGenerator<string> {
  const { language, title, at } = heading;
  const words = WORDS[language];
  const say = ({ label }: { readonly label: { readonly en: string; readonly de?: string } }): string => label[language] ?? label.en;
  yield `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${escaped(`${words.title}: ${title}`)}</title><style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}dt{font-weight:600}dd{margin:0 0 .4rem;white-space:pre-wrap;overflow-wrap:anywhere}h2{border-top:1px solid;padding-top:1rem}</style><h1>${escaped(`${words.title}: ${title}`)}</h1><p>${words.at} ${escaped(at)}</p>`;
  for await (const one of found) {
    if ('reason' in one) {
      yield `<p>${escaped(say(one.object))} ${words[one.reason]}.</p>`;
      continue;
    }
    const { object, record, timeline, files } = one;
    yield `<h2>${escaped(`${say(object)} ${valueText(record[object.titleField] ?? record['number'] ?? record['id'])}`)}</h2>${fieldsOf(object, record, say)}`;
    if (files.length > 0)
      yield `<h3>${words.files}</h3><ul>${files.map(({ name }) => `<li>${escaped(valueText(name))}</li>`).join('')}</ul>`;
    if (timeline.length > 0) yield `<h3>${words.history}</h3><ul>${timeline.map(happened).join('')}</ul>`;
  }
  yield '</html>';
}

function fieldsOf(object: ObjectDefinition, record: RecordValues, say: (of: ObjectDefinition['fields'][number]) => string): string {
  const rows = object.fields.flatMap((field) => {
    const value = record[apiNameOf(field)];
    return value === null || value === undefined || value === ''
      ? []
      : [`<dt>${escaped(say(field))}</dt><dd>${escaped(valueText(value))}</dd>`];
  });
  return `<dl>${rows.join('')}</dl>`;
}

function happened({ at, what, command, changes, comment, file }: RecordValues): string {
  const parts = [at, what, command, comment, file, changes].filter((part) => part !== undefined && part !== null);
  return `<li>${escaped(parts.map(valueText).join(' · '))}</li>`;
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
