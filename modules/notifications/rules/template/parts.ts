/** Where a value stands in what a template is given: `customer.name` is two steps. Empty: the row itself. */
export type Path = readonly string[];

/** What a helper is given: a value by its path, or what stands there. */
export type Argument = { readonly path: Path } | { readonly literal: string };

/** A template, taken apart. Lines count from 1. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly helper: string | null; readonly given: readonly Argument[]; readonly line: number }
  | {
      readonly kind: 'if' | 'unless' | 'each';
      readonly path: Path;
      readonly body: readonly Part[];
      readonly otherwise: readonly Part[];
      readonly line: number;
    };
