/** How a list may be drawn when not as a table, and the types of fields by which its records then stand in columns, or on days. */
export const DISPLAYED_BY = { board: ['status', 'select'], calendar: ['date', 'dateTime'] } as const satisfies Record<
  string,
  readonly string[]
>;

/** A list that is not drawn as a table. `by` is a field in API words. */
export type ViewDisplay = { readonly kind: keyof typeof DISPLAYED_BY; readonly by: string };

/** The kind of that name. */
export function displayKind(name: unknown): ViewDisplay['kind'] | undefined {
  return name === 'board' || name === 'calendar' ? name : undefined;
}
