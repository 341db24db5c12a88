import { useQueries, useQuery } from '@tanstack/react-query';
import type { Label } from '#platform/kernel/model.ts';
import { ask, askFor, trusted } from './client.ts';
import { recordsPath, useObjects, type BusinessObject } from './metadata.ts';

/** How a document looks in a language: as shipped, or as administrators made it. */
export type TemplateState = {
  readonly object: string;
  readonly label: Label;
  readonly language: string;
  readonly version: number;
  readonly isOwn: boolean;
  readonly by?: string;
  readonly at?: string;
};

/** The template itself, an example of everything that it can write, and the states that it was given. */
export type DocumentTemplate = Omit<TemplateState, 'by' | 'at'> & {
  readonly source: string;
  readonly shipped: string | null;
  readonly values: { readonly [name: string]: unknown };
  readonly versions: readonly { readonly version: number; readonly by: string; readonly at: string; readonly isReset: boolean }[];
};

/** Pages drawn one under the other. */
export type Drawing = { readonly svg: string; readonly pages: number };

type Which = { readonly module: string; readonly object: string; readonly language: string };

/** The page of a record's document; a draft of it until it is issued. */
export function pdfPath(object: Pick<BusinessObject, 'module' | 'collection'>, id: string): string {
  return `${recordsPath(object)}/${id}/pdf`;
}

/** What was issued of a record, the first one first. */
export type IssuedVersion = { readonly version: number; readonly at: string };

/** All documents that were issued of a record. */
export async function issuedVersions(pdf: string, signal: AbortSignal): Promise<readonly IssuedVersion[]> {
  return (await askFor<{ items: readonly IssuedVersion[] }>(`${pdf}/versions`, { signal })).items;
}

/** All templates of all services that have documents. */
export function useTemplates(): {
  readonly templates: readonly (TemplateState & { module: string })[];
  readonly error: unknown;
  readonly isPending: boolean;
} {
  const objects = useObjects();
  const modules = [...new Set(objects.filter((object) => object.document).map((object) => object.module))];
  const answers = useQueries({
    queries: modules.map((module) => ({
      queryKey: ['document-templates', module],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        askFor<{ items: readonly TemplateState[] }>(`/api/${module}/document-templates`, { signal }),
    })),
  });
  return {
    templates: answers.flatMap(({ data }, index) => (data?.items ?? []).map((one) => ({ ...one, module: modules[index] ?? '' }))),
    error: answers.find(({ error }) => error)?.error ?? null,
    isPending: answers.some(({ isPending }) => isPending),
  };
}

export function useTemplate(which: Which) {
  return useQuery({
    queryKey: ['document-templates', which.module, which.object, which.language],
    queryFn: ({ signal }) => askFor<DocumentTemplate>(path(which), { signal }),
  });
}

/** Saves a source, or goes back to the shipped one (null), unless somebody else was faster. */
export async function saveTemplate(which: Which, source: string | null, version: number): Promise<void> {
  const headers = { 'If-Match': `"${version}"` };
  await ask(path(which), source === null ? { method: 'DELETE', headers } : { method: 'PUT', body: { source }, headers });
}

export async function loadVersion(which: Which, version: number): Promise<string> {
  return (await askFor<{ source: string }>(`${path(which)}/versions/${version}`)).source;
}

/** Draws a document by a template that is not saved: of a record, else one that is made up. */
export async function drawTemplate(which: Which, of: { source: string; id: string | null }, signal: AbortSignal): Promise<Drawing> {
  const body = { source: of.source, ...(of.id === null ? {} : { id: of.id }) };
  return trusted<Drawing>((await ask(`${path(which)}/preview`, { method: 'POST', body, signal })).body);
}

function path({ module, object, language }: Which): string {
  return `/api/${module}/document-templates/${object}/${language}`;
}
