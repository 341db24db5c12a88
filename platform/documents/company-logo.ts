import type { Query } from '#platform/data/save/load.ts';
import type { DocumentFacts } from '#platform/kernel/documents/document.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { jsonObjectOf } from '#platform/kernel/json.ts';
import type { DocumentsOptions } from './documents.ts';
import { keepPicture, pictureNamed } from './pictures.ts';
import type { PrintJob } from './print-job.ts';

/** Fetches the logo of the company that a document speaks of, where this service does not have it yet. */
export async function fetchLogo(
  { database, fetchFile }: Pick<DocumentsOptions, 'database' | 'fetchFile'>,
  facts: DocumentFacts,
): Promise<void> {
  const logo = logoOf(facts);
  if (logo) await keepPicture(database, logo, fetchFile);
}

/** What is printed, with the company's logo where it has one. */
export async function withLogo(
  query: Query,
  { facts, data }: { readonly facts: DocumentFacts; readonly data: PrintJob['data'] },
): Promise<Pick<PrintJob, 'data' | 'pictures'>> {
  const picture = await pictureNamed(query, logoOf(facts));
  const company = data['company'];
  const named = isRecord(company) ? { ...data, company: { ...jsonObjectOf(JSON.stringify(company)), logo: picture?.name ?? null } } : data;
  return { data: named, pictures: picture ? [picture] : [] };
}

function logoOf(facts: DocumentFacts): { readonly id: string; readonly type: string } | null {
  const logo = facts['company']?.[0]?.['logo'];
  return isRecord(logo) && typeof logo['id'] === 'string' ? { id: logo['id'], type: String(logo['type']) } : null;
}
