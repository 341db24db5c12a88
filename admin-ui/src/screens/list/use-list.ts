import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { changesRecord, useLive } from '#admin-ui/src/api/live.ts';
import { useKnownViews, useObjects, type BusinessObject, type Field, type ViewDefinition } from '#admin-ui/src/api/metadata.ts';
import type { ListQuery } from '#admin-ui/src/api/records.ts';
import { useLayout } from '#admin-ui/src/layout/use-layout.ts';
import { listQuery, shownList, sortName, type ShownList } from './list-query.ts';
import type { FilterNode, ListState } from './list-state.ts';
import { startView } from './start-view.ts';
import { useRows, type Rows } from './use-rows.ts';

/** Parts of the state to change; `undefined` takes a part away. */
export type ListChange = {
  readonly q?: string | undefined;
  readonly sort?: string | undefined;
  readonly filter?: FilterNode | undefined;
  readonly columns?: readonly string[] | undefined;
  readonly deleted?: true | undefined;
  readonly display?: ListState['display'];
  readonly group?: string | undefined;
  readonly month?: string | undefined;
};

/** A list as its parts see it: what is shown, how to change it, its rows. */
export type List = {
  readonly state: ListState;
  readonly views: readonly ViewDefinition[];
  readonly view: ViewDefinition | undefined;
  /** The address names a view that is not there for this person. */
  readonly isViewMissing: boolean;
  readonly shown: ShownList;
  readonly query: ListQuery;
  readonly rows: Rows;
  readonly selected: readonly string[];
  readonly hasFilter: boolean;
  /** Whether it differs from its view, so that saving makes sense. */
  readonly isChanged: boolean;
  /** The query in the words of the export's URL. */
  readonly exported: Readonly<Record<string, string>>;
  readonly round: number;
  /** Records have changed since they were read. */
  readonly isBehind: boolean;
  readonly sortName: (field: Field) => string | undefined;
  readonly change: (change: ListChange) => void;
  readonly chooseView: (id: string | null) => void;
  readonly select: (ids: readonly string[]) => void;
  readonly refresh: () => void;
};

const NONE: readonly ViewDefinition[] = [];

/** The controller of a list: the URL is its state. */
export function useList(object: BusinessObject): List {
  const state = useSearch({ from: '/app/working/o/$object' });
  const navigate = useNavigate({ from: '/o/$object' });
  const objects = useObjects();
  const known = useKnownViews(object.name);
  const views = known ?? NONE;
  const [selected, select] = useState<readonly string[]>([]);
  const [round, setRound] = useState(0);
  const [behind, setBehind] = useState(-1);
  const next = useDebouncedCallback(() => setRound((before) => before + 1), 800);
  const start = startView(views);
  const view = views.find((one) => one.id === state.view || one.name === state.view) ?? (state.view === undefined ? start : undefined);
  const find = useCallback((name: string) => objects.find((one) => one.name === name), [objects]);
  const shown = useShown(object, view, state);
  const query = useMemo(() => listQuery(object, shown, { state, find }), [object, shown, state, find]);
  // Cards find their new places by themselves; rows would jump while somebody reads them.
  useLive(object, (changes) => changes.some(changesRecord) && (shown.display ? next() : setBehind(round)));
  const change = (part: ListChange): void => {
    select([]);
    void navigate({ search: (before: ListState) => withoutMissing({ ...before, ...part }), replace: true });
  };
  return {
    state,
    views,
    view,
    isViewMissing: known !== null && state.view !== undefined && view === undefined && state.deleted !== true,
    shown,
    query,
    rows: useRows(object, query, round),
    selected,
    hasFilter: state.q !== undefined || (state.filter !== undefined && Object.keys(state.filter).length > 0),
    isChanged: !state.deleted && [state.filter, state.sort, state.columns, state.display, state.group].some((part) => part !== undefined),
    exported: exportedQuery(query),
    round,
    isBehind: behind === round,
    sortName: useCallback((field: Field) => sortName(field, find), [find]),
    change,
    chooseView: (id) => {
      select([]);
      void navigate({ search: id === null ? {} : { view: id } });
    },
    select,
    refresh: () => {
      select([]);
      setRound((before) => before + 1);
    },
  };
}

function useShown(object: BusinessObject, view: ViewDefinition | undefined, state: ListState): ShownList {
  const list = useLayout(object, 'list');
  const kanban = useLayout(object, 'kanban');
  return useMemo(() => shownList(object, state.deleted ? undefined : view, state, { list, kanban }), [object, view, state, list, kanban]);
}

function withoutMissing(state: { readonly [name: string]: unknown }): ListState {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));
}

function exportedQuery({ fields, filter, sort, q, deleted }: ListQuery): Readonly<Record<string, string>> {
  return {
    ...(fields === undefined ? {} : { fields }),
    ...(filter === undefined ? {} : { filter: JSON.stringify(filter) }),
    ...(sort === undefined ? {} : { sort }),
    ...(q === undefined ? {} : { q }),
    ...(deleted === undefined ? {} : { deleted }),
  };
}
