import { askFor, trusted } from '#admin-ui/src/api/client.ts';
import { readJson } from '#admin-ui/src/api/json-text.ts';
import { saveAs } from '#admin-ui/src/ui/save-as.ts';

/** An export as one file. */
export type Bundle = { readonly format: number; readonly files: { readonly [path: string]: unknown } };

/** What files would change: line by line, what stays, and the rows that have to do with it. */
export type FilesPlan = {
  readonly version: number;
  readonly lines: readonly {
    readonly op: 'add' | 'change' | 'remove';
    readonly kind: string;
    readonly address: string;
    readonly settings: readonly { readonly name: string; readonly before: unknown; readonly after: unknown }[];
  }[];
  readonly kept: readonly { readonly kind: string; readonly address: string }[];
  readonly rows: readonly {
    readonly address: string;
    readonly affected: number;
    readonly doNotFit: number;
    readonly mustFit: boolean;
    readonly samples: readonly { readonly id: string; readonly title?: string | null; readonly value?: unknown }[];
  }[];
  readonly dependants: readonly { readonly object: string; readonly where: string }[];
};

const METADATA = '/api/platform/metadata';

/** Asks for the export and hands it to the browser as a file. What changes from one moment to the next is not in it. */
export async function download(): Promise<void> {
  const { format, files } = await askFor<Bundle>(METADATA);
  const text = `${JSON.stringify({ format, files }, null, 2)}\n`;
  saveAs('metadata.json', 'application/json', text);
}

/** Reads a file that was downloaded so. What it says is the server's to check. */
export async function readBundle(file: File): Promise<Bundle> {
  const { format, files } = trusted<Partial<Bundle> | null>(readJson(await file.text(), file.name)) ?? {};
  return { format: format ?? 0, files: files ?? {} };
}

export function planFiles(bundle: Bundle, going: readonly string[]): Promise<FilesPlan> {
  return askFor<FilesPlan>(`${METADATA}/plan`, { method: 'POST', body: { ...bundle, delete: going } });
}

export function applyFiles(bundle: Bundle, going: readonly string[], version: number): Promise<{ readonly version: number }> {
  return askFor(`${METADATA}/apply`, { method: 'POST', body: { ...bundle, delete: going, version } });
}
