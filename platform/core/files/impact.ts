import type { AskFit, FitSample } from '#platform/metadata/fit.ts';
import { dependantsOf, dependantsOfObject, type Dependant } from '../dependants.ts';
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

const FITS_AT_ONCE = 4;

/** What the data have to do with a plan: rows that would not fit, and what stands on what would go. */
export async function impactOf(
  { state, plan, lines }: FilesPlan & { readonly state: CoreState },
  fit: AskFit,
): Promise<{ readonly rows: readonly RowsImpact[]; readonly dependants: readonly Dependant[] }> {
  const rows: RowsImpact[] = [];
  for (let at = 0; at < plan.fits.length; at += FITS_AT_ONCE) {
    const asked = plan.fits.slice(at, at + FITS_AT_ONCE).map(async ({ module, mustFit, ...change }): Promise<RowsImpact> => {
      const { affected, doNotFit, samples } = await fit(module, change);
      return { address: `${change.object}.${change.after.name}`, affected, doNotFit, mustFit, samples };
    });
    rows.push(...(await Promise.all(asked)));
  }
  const going = new Set(lines.filter((line) => line.op === 'remove').map((line) => line.address));
  const dependants = state.objects.flatMap((object) => [
    ...(going.has(object.name) ? dependantsOfObject(state.objects, object) : []),
    ...object.fields.filter((field) => going.has(`${object.name}.${field.name}`)).flatMap((field) => dependantsOf(state.objects, field)),
  ]);
  return { rows: rows.filter((one) => one.affected > 0), dependants };
}
