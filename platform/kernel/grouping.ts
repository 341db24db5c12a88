/**
 * What records are in groups by, as aggregates, lists and saved views write it: a field (`status`), or the part of the calendar that
 * its day or instant falls into (`createdAt:month`). Weeks begin on Monday (ISO 8601), quarters with January, April, July and October.
 */

/** The parts of the calendar that make groups, the finest first. */
export const GROUP_UNITS = ['day', 'week', 'month', 'quarter', 'year'] as const;

export type GroupUnit = (typeof GROUP_UNITS)[number];

/** A field's name or path, and what was written after the colon, whether there is such a part of the calendar or not. */
export type WrittenGroup = { readonly field: string; readonly unit?: string };

/** A view's table is in groups of groups at most so deep. */
export const GROUP_LEVELS_MAX = 3;

/** Takes `createdAt:month` apart. */
export function writtenGroup(text: string): WrittenGroup {
  const at = text.indexOf(':');
  return at < 0 ? { field: text } : { field: text.slice(0, at), unit: text.slice(at + 1) };
}

/** Puts it together again. */
export function groupText({ field, unit }: WrittenGroup): string {
  return unit === undefined ? field : `${field}:${unit}`;
}

/** The part of the calendar of that name. */
export function groupUnit(name: string): GroupUnit | undefined {
  return GROUP_UNITS.find((unit) => unit === name);
}

/** The levels of a view's groups, outermost first: `status,date:month`. */
export function groupLevels(text: string): readonly WrittenGroup[] {
  return text.split(',').map((part) => writtenGroup(part.trim()));
}
