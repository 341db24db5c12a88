import type { Caller } from '#platform/kernel/caller.ts';
import type { Label, ObjectDefinition } from '#platform/kernel/model.ts';
import type { Report } from '#platform/kernel/report.ts';
import type { Route } from '#platform/kernel/route.ts';

/** Whether the caller may read all that a report tells of; who may not does not know of it. */
export function mayHave(caller: Caller, { reads }: Report, objectNamed: (name: string) => ObjectDefinition | undefined): boolean {
  return reads.every((name) => {
    const object = objectNamed(name);
    return object !== undefined && caller.permissions.on(object).read;
  });
}

/** What a report says of itself; `today` is where its defaults begin. */
export function described(
  { name, label, help, input, columns, defaults, letter, offeredAt = [] }: Report,
  today: string,
): Pick<Report, 'name' | 'label' | 'help' | 'input' | 'columns' | 'offeredAt'> & { readonly defaults: unknown; readonly letter?: Label } {
  const said = { name, label, help, input, columns, offeredAt, defaults: defaults?.({}, today) ?? {} };
  return letter ? { ...said, letter: letter.title } : said;
}

/** Reports by the module that has them. */
export type ModuleReports = { readonly name: string; readonly reports: readonly Report[] };

export const LISTED = {
  query: {},
  answer: { type: 'object', properties: { items: { type: 'array', items: { type: 'object' } } } },
} as const satisfies Partial<Route>;
