import type { AskFit, FitReport } from '#platform/metadata/fit.ts';
import type { Fit } from './draft.ts';

const FITS_AT_ONCE = 4;

/** What the owning services say to each question, in their order; a few are asked at once. */
export async function fitReports(fits: readonly Fit[], fit: AskFit): Promise<readonly (FitReport & { readonly of: Fit })[]> {
  const reports: (FitReport & { readonly of: Fit })[] = [];
  for (let at = 0; at < fits.length; at += FITS_AT_ONCE) {
    const asked = fits.slice(at, at + FITS_AT_ONCE).map(async (of) => {
      const { module, mustFit: _mustFit, ...change } = of;
      return { ...(await fit(module, change)), of };
    });
    reports.push(...(await Promise.all(asked)));
  }
  return reports;
}
