/** A column as it would like to be: its width in pixels, and how narrow it may become where a little is missing. */
export type WantedWidth = { readonly width: number; readonly least: number };

/**
 * The widths of columns in a table of some pixels. Where a little is missing, columns that can do with less give it, so that the last one and
 * what stands behind it are in sight; where that is not enough, all stay as they would like to be and the table scrolls.
 */
export function fittedWidths(columns: readonly WantedWidth[], available: number): readonly number[] {
  const missing = columns.reduce((sum, { width }) => sum + width, 0) - available;
  const spare = columns.reduce((sum, { width, least }) => sum + Math.max(0, width - least), 0);
  if (missing <= 0 || missing > spare) return columns.map(({ width }) => width);
  return columns.map(({ width, least }) => Math.floor(width - (Math.max(0, width - least) * missing) / spare));
}
