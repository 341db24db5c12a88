import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { askFor } from '#admin-ui/src/api/client.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { saveAs } from '#admin-ui/src/ui/save-as.ts';

/** A change of the metadata as the API takes it. */
export type MetadataChange = { readonly [part: string]: unknown };

/** A row whose value does not fit a change; `record` is the one in which it stands, where it is a row of another. */
export type Misfit = {
  readonly id: string;
  readonly object: string;
  readonly field: string;
  readonly title: string;
  readonly value: unknown;
  readonly record?: { readonly object: string; readonly id: string };
};

type MisfitPage = { readonly items: readonly Misfit[]; readonly next: string | null };

const FIRST = '';
const PAGE = 100;
/** What a file takes at once, and as much as a spreadsheet is still good to work through. */
const FILE = { page: 1_000, rows: 100_000 } as const;

/** All rows that do not fit a change, page by page, and how they become a file. */
export function useMisfits(change: MetadataChange) {
  const pages = useInfiniteQuery({
    queryKey: ['misfits', JSON.stringify(change)],
    queryFn: ({ pageParam, signal }) => misfitPage(change, { limit: PAGE, cursor: pageParam, signal }),
    initialPageParam: FIRST,
    getNextPageParam: (page: MisfitPage) => page.next,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const save = useMutation({ mutationFn: () => saveMisfits(change), onError: notifyFailure });
  return { pages, rows: pages.data?.pages.flatMap((page) => page.items) ?? [], save };
}

/** Leads to the record in which a row stands. */
export function recordOf({ object, id, record }: Pick<Misfit, 'object' | 'id' | 'record'>): {
  readonly object: string;
  readonly id: string;
} {
  return record ?? { object, id };
}

type Asked = { readonly limit: number; readonly cursor: string; readonly signal?: AbortSignal };

function misfitPage(change: MetadataChange, { limit, cursor, signal }: Asked): Promise<MisfitPage> {
  const query = new URLSearchParams({ limit: String(limit), ...(cursor === FIRST ? {} : { cursor }) });
  const body = { changes: [change] };
  return askFor<MisfitPage>(`/api/platform/changes/misfits?${query}`, { method: 'POST', body, ...(signal ? { signal } : {}) });
}

async function saveMisfits(change: MetadataChange): Promise<void> {
  const lines = [['object', 'id', 'record', 'field', 'value']];
  let cursor: string | null = FIRST;
  do {
    const page: MisfitPage = await misfitPage(change, { limit: FILE.page, cursor });
    for (const row of page.items) {
      const { object, id } = recordOf(row);
      lines.push([object, id, row.title, row.field, textOf(row.value)]);
    }
    cursor = page.next;
  } while (cursor !== null && lines.length <= FILE.rows);
  // Excel reads UTF-8 as such when it begins with a byte order mark.
  saveAs('misfits.csv', 'text/csv', `\uFEFF${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`);
}

/** Quoted, and never a formula to a spreadsheet (OWASP, CSV injection). */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
