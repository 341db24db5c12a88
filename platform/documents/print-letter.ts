import { fetchFacts } from '#platform/data/save/facts.ts';
import { documentLanguage } from '#platform/kernel/documents/address.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import type { Reading, Report } from '#platform/kernel/report.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import { fetchLogo, withLogo } from './company-logo.ts';
import type { Documents } from './documents.ts';
import { formatOf, wordsOf } from './language.ts';
import { companyNeed } from './print-report.ts';
import { templateInForce } from './templates.ts';

/** A report that goes to somebody: what was asked, what it is worked out with, and in whose name it is written. */
export type Letter = {
  readonly report: Report;
  readonly input: RecordValues;
  readonly reading: Reading;
  readonly companyId: string | undefined;
};

/** A report as a letter, by the template of its language. It is no document that is kept: it says how things stand today. */
export async function printLetter(
  { options }: Documents,
  { report, input, reading, companyId }: Letter,
): Promise<{ name: string; bytes: Buffer }> {
  const { database, schema, module, printers } = options;
  const { letter } = report;
  const source = { index: schema(), query: database.read, system: systemCaller(module.name) };
  const facts = await fetchFacts(source, { ...companyNeed(source.index, companyId), ...letter?.needs(input) }, new Map());
  const [customer, company] = [facts['customer']?.[0], facts['company']?.[0]];
  const wanted = documentLanguage(customer, company);
  const template = await templateInForce(database.read, { module: module.name, object: report.name }, wanted);
  if (!letter || !template) throw new Refusal('not_found', `${report.label.en} has no template.`);
  const { language } = template;
  await fetchLogo(options, facts);
  const content = await letter.content({ reading, input, facts, language });
  const title = language === 'de' ? (letter.title.de ?? letter.title.en) : letter.title.en;
  const currency = typeof content['currency'] === 'string' ? content['currency'] : 'EUR';
  const said = {
    number: null,
    ...content,
    title,
    language,
    isDraft: false,
    words: wordsOf(language),
    format: formatOf(language, currency),
  };
  const head = await withLogo(database.read, { facts, data: said });
  const job = { source: template.source, ...head, atSeconds: Math.floor(Date.now() / 1000), as: 'pdf' } as const;
  const { bytes } = await printers.trying.print(job);
  return { name: `${title}.pdf`, bytes };
}
