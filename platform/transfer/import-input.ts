import type { Caller } from '#platform/kernel/caller.ts';
import type { ImportColumn } from './import-columns.ts';
import type { CellStyle } from './import-values.ts';
import type { TableForm } from './table-file.ts';

/** What an import was asked for: as the input of its job, so plain JSON. `by`: the unique field that rows are matched by. */
export type ImportInput = {
  readonly file: string;
  readonly object: string;
  readonly columns: readonly (ImportColumn | null)[];
  readonly headers: readonly string[];
  readonly by: string | null;
  /** The references whose missing records are made, by API name. */
  readonly makes: readonly string[];
  readonly dryRun: boolean;
  readonly form: TableForm;
  readonly style: CellStyle;
  readonly caller: Omit<Caller, 'permissions'>;
};
