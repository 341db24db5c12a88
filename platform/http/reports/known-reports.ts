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

/** A report as it says itself what it is. */
export type DescribedReport = Pick<Report, 'name' | 'label' | 'help' | 'input' | 'columns' | 'offeredAt'> & {
  readonly defaults: unknown;
  readonly files: readonly { readonly format: string; readonly label: Label }[];
  readonly letter?: Label;
};

/** What a report says of itself; `today` is where its defaults begin. */
export function described(
  { name, label, help, input, columns, defaults, letter, files = [], offeredAt = [] }: Report,
  today: string,
): DescribedReport {
  return {
    name,
    label,
    help,
    input,
    columns,
    offeredAt,
    defaults: defaults?.({}, today) ?? {},
    files: files.map((file) => ({ format: file.format, label: file.label })),
    ...(letter ? { letter: letter.title } : {}),
  };
}

/** Reports by the module that has them. */
export type ModuleReports = { readonly name: string; readonly reports: readonly Report[] };

export const LISTED = {
  query: {},
  answer: { type: 'object', properties: { items: { type: 'array', items: { type: 'object' } } } },
} as const satisfies Partial<Route>;
