import type { CommandDefinition, FieldDefinition, ObjectDefinition } from './model.ts';

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

/**
 * The command by which a board moves records whose columns are what a reference leads to, such as the stages of a pipeline: it takes a record of the same
 * target under the field's name. Of other references there are no boards.
 */
export function movingCommand(
  { commands }: Pick<ObjectDefinition, 'commands'>,
  { type, name, target }: Pick<FieldDefinition, 'type' | 'name' | 'target'>,
): CommandDefinition | undefined {
  if (type !== 'lookup') return undefined;
  return commands.find(
    (command) => command.collection !== true && command.input?.some((input) => input.name === name && input.target === target) === true,
  );
}
