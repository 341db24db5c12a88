import type { IDatasource, IGetRowsParams } from 'ag-grid-community';
import { useMemo, useState } from 'react';
import { trusted } from '#admin-ui/src/api/client.ts';
import { queryRecords, type ListQuery, type RecordValues } from '#admin-ui/src/api/records.ts';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';

export const PAGE_SIZE = 100;

/** The rows of a list as the grid asks for them; `isEmpty` once the first page has come, `error` when a page did not. */
export type Rows = { readonly source: IDatasource; readonly isEmpty: boolean; readonly error: unknown };

/**
 * Pages in the order in which one scrolls come by keyset (each answer's cursor leads to the next, however far);
 * a jump in the scroll bar goes by offset.
 */
export function useRows(object: BusinessObject, query: ListQuery, round: number): Rows {
  // A new round reads the same query anew.
  const key = JSON.stringify({ round, query });
  const [state, setState] = useState<{ of: string; isEmpty: boolean; error: unknown }>({ of: key, isEmpty: false, error: null });
  const source = useMemo<IDatasource>(() => {
    const asked: ListQuery = parsedQuery(key);
    const cursors = new Map<number, string>();
    const page = async ({ startRow }: IGetRowsParams): Promise<{ rows: readonly RecordValues[]; last: number | undefined }> => {
      const cursor = cursors.get(startRow);
      const from = startRow === 0 ? {} : cursor === undefined ? { offset: startRow } : { cursor };
      const { items, next } = await queryRecords(object, { ...asked, ...from, limit: PAGE_SIZE });
      if (next !== null) cursors.set(startRow + items.length, next);
      return { rows: items, last: next === null ? startRow + items.length : undefined };
    };
    return {
      getRows: (parameters) => {
        page(parameters).then(
          ({ rows, last }) => {
            if (parameters.startRow === 0) setState({ of: key, isEmpty: rows.length === 0, error: null });
            parameters.successCallback([...rows], last);
          },
          (error: unknown) => {
            setState({ of: key, isEmpty: false, error });
            parameters.failCallback();
          },
        );
      },
    };
  }, [object, key]);
  // What one query did not find says nothing of the next: there must be a grid to ask for its rows.
  return { source, isEmpty: state.of === key && state.isEmpty, error: state.of === key ? state.error : null };
}

function parsedQuery(key: string): ListQuery {
  return trusted<{ query: ListQuery }>(JSON.parse(key)).query;
}
