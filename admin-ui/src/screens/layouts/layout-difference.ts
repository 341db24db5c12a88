import type { Label, LayoutDefinition, LayoutItem } from '#platform/kernel/model.ts';
import { keyOf } from './layout-draft.ts';

/** A line of a layout as people read it from top to bottom: a tab, a section on it, an item in it. */
export type LayoutLine = {
  readonly key: string;
  readonly what: 'tab' | 'section' | 'item';
  readonly label?: Label | undefined;
  readonly item?: LayoutItem;
  /** The key of what it stands in. */
  readonly under: string;
  /** Everything else about it, to be compared. */
  readonly settings: string;
};

export type ChangedLine = LayoutLine & { readonly state: 'same' | 'added' | 'removed' | 'moved' | 'changed' };

/** What is different between two layouts: the lines of the later one, and where they stood those that are gone. */
export function layoutDifference(before: LayoutDefinition, after: LayoutDefinition): readonly ChangedLine[] {
  const old = linesOf(before);
  const young = linesOf(after);
  const oldByKey = new Map(old.map((line) => [line.key, line]));
  const steady = inPlace(old, young);
  const lines = young.map((line): ChangedLine => {
    const former = oldByKey.get(line.key);
    if (!former) return { ...line, state: 'added' };
    if (former.under !== line.under || !steady.has(line.key)) return { ...line, state: 'moved' };
    return { ...line, state: former.settings === line.settings ? 'same' : 'changed' };
  });
  const kept = new Set(young.map((line) => line.key));
  const result = [...lines];
  old.forEach((line, index) => {
    if (kept.has(line.key)) return;
    const previous = old[index - 1];
    const at = previous === undefined ? 0 : result.findIndex((one) => one.key === previous.key) + 1;
    result.splice(at, 0, { ...line, state: 'removed' });
  });
  return result;
}

function linesOf(layout: LayoutDefinition): readonly LayoutLine[] {
  if (layout.columns)
    return layout.columns.map((field) => ({ key: field, what: 'item', item: { kind: 'field', field }, under: '', settings: '' }));
  const { tabs = [], sections = [] } = layout;
  const first = tabs[0]?.id;
  const placeOf = (tab: string | undefined, isSide: boolean): string => (isSide ? 'side' : tab === undefined || tab === first ? '' : tab);
  const ofSections = (place: string): readonly LayoutLine[] =>
    sections
      .filter((section) => placeOf(section.tab, section.side === true) === place)
      .flatMap(({ items, tab: _tab, side: _side, ...section }): readonly LayoutLine[] => {
        const key = `section ${section.id}`;
        const inside = items.map((item): LayoutLine => ({
          key: keyOf(item),
          what: 'item',
          item,
          under: key,
          settings: JSON.stringify(item),
        }));
        return [{ key, what: 'section', label: section.label, under: place, settings: JSON.stringify(section) }, ...inside];
      });
  if (tabs.length === 0) return [...ofSections(''), ...ofSections('side')];
  const ofTabs = tabs.flatMap((tab): readonly LayoutLine[] => [
    { key: `tab ${tab.id}`, what: 'tab', label: tab.label, under: 'tabs', settings: JSON.stringify(tab.label) },
    ...ofSections(tab.id === first ? '' : tab.id),
  ]);
  return [...ofTabs, ...ofSections('side')];
}

/** The lines that kept their order among those with which they stand: a longest run that both orders have, place by place. */
function inPlace(old: readonly LayoutLine[], young: readonly LayoutLine[]): ReadonlySet<string> {
  const groups = Map.groupBy(young, (line) => line.under);
  const steady = [...groups].flatMap(([under, lines]) => {
    const before = old.filter((line) => line.under === under).map((line) => line.key);
    const common = lines.map((line) => line.key).filter((key) => before.includes(key));
    return longestRising(common, (key) => before.indexOf(key));
  });
  return new Set(steady);
}

function longestRising(keys: readonly string[], rank: (key: string) => number): readonly string[] {
  const ends = keys.reduce<readonly (readonly string[])[]>((found, key) => {
    const before = found.filter((run) => rank(run.at(-1) ?? key) < rank(key));
    const longest = before.reduce<readonly string[]>((best, run) => (run.length > best.length ? run : best), []);
    return [...found, [...longest, key]];
  }, []);
  return ends.reduce<readonly string[]>((best, run) => (run.length > best.length ? run : best), []);
}
