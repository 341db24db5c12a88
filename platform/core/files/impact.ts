import type { AskFit, FitSample } from '#platform/metadata/fit.ts';
import { dependantsOf, dependantsOfObject, type Dependant } from '../dependants.ts';
import { fitReports } from '../fit-reports.ts';
import type { CoreState } from '../state.ts';
import type { FilesPlan } from './plan-files.ts';

/** Rows that a field's new definition concerns. Where it must fit, those that do not stop the whole. */
export type RowsImpact = {
  readonly address: string;
  readonly affected: number;
  readonly doNotFit: number;
  readonly mustFit: boolean;
  readonly samples: readonly FitSample[];
};

/** What the data have to do with a plan: rows that would not fit, and what stands on what would go. */
export async function impactOf(
  { state, plan, lines }: FilesPlan & { readonly state: CoreState },
  fit: AskFit,
): Promise<{ readonly rows: readonly RowsImpact[]; readonly dependants: readonly Dependant[] }> {
  const rows = (await fitReports(plan.fits, fit)).map(({ of, affected, doNotFit, samples }): RowsImpact => ({
    address: `${of.object}.${of.after.name}`,
    affected,
    doNotFit,
    mustFit: of.mustFit,
    samples,
  }));
  const going = new Set(lines.filter((line) => line.op === 'remove').map((line) => line.address));
  const dependants = state.objects.flatMap((object) => [
    ...(going.has(object.name) ? dependantsOfObject(state.objects, object) : []),
    ...object.fields.filter((field) => going.has(`${object.name}.${field.name}`)).flatMap((field) => dependantsOf(state.objects, field)),
  ]);
  return { rows: rows.filter((one) => one.affected > 0), dependants };
}
