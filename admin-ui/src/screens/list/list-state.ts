import { displayKind, type ViewDisplay } from '#platform/kernel/view-display.ts';

/** What a list shows, as it stands in the URL: sent to a colleague, it shows them the same. */
export type ListState = {
  readonly view?: string;
  readonly q?: string;
  readonly sort?: string;
  /** In the words of the record API. */
  readonly filter?: FilterNode;
  /** Names of fields. */
  readonly columns?: readonly string[];
  /** The recycle bin. */
  readonly deleted?: true;
  /** How it is drawn, where that is not as its view says. */
  readonly display?: 'table' | ViewDisplay;
  /** What a table is in groups by, as `status,date:month`; NO_GROUP where its view is in groups and that is not wanted. */
  readonly group?: string;
  /** The month of a calendar, `2026-11`. */
  readonly month?: string;
};

/** No field is called so. */
export const NO_GROUP = '-';

/** A condition set: `{and:[…]}` or `{or:[…]}` of `{field:{operator:value}}`. */
export type FilterNode = { readonly [name: string]: unknown };

/** Reads the URL; what does not belong there is left out. */
export function readListState(search: Record<string, unknown>): ListState {
  const text = (key: string) => (typeof search[key] === 'string' && search[key] !== '' ? { [key]: search[key] } : {});
  const filter = search['filter'];
  const columns = search['columns'];
  return {
    ...text('view'),
    ...text('q'),
    ...text('sort'),
    ...text('group'),
    ...(isNode(filter) ? { filter } : {}),
    ...(Array.isArray(columns) ? { columns: columns.filter((name): name is string => typeof name === 'string') } : {}),
    ...(search['deleted'] === true ? { deleted: true } : {}),
    ...displayIn(search['display']),
    ...(/^\d{4}-(0[1-9]|1[0-2])$/.test(String(search['month'])) ? { month: String(search['month']) } : {}),
  };
}

function displayIn(value: unknown): Pick<ListState, 'display'> {
  if (value === 'table') return { display: 'table' };
  if (!isNode(value) || typeof value['by'] !== 'string') return {};
  const kind = displayKind(value['kind']);
  return kind ? { display: { kind, by: value['by'] } } : {};
}

export function isNode(value: unknown): value is FilterNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
