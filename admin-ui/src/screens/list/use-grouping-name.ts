import { useTexts } from '#admin-ui/src/i18n/index.ts';
import type { Grouping } from './groupings.ts';

/** Says what a level of groups is by: `Status`, `Date (month)`. */
export function useGroupingName(): (grouping: Grouping) => string {
  const { t, say } = useTexts();
  return ({ field, unit }) => (unit === undefined ? say(field.label) : `${say(field.label)} (${t(`group.unit.${unit}`)})`);
}
