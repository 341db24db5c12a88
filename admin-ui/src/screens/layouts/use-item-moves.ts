import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { useItemLabel, useSectionName, type Editing } from './editing.ts';
import { movedBy, neighbourOf, PALETTE, placedIn, sectionOf, type LayoutDraft } from './layout-draft.ts';

/** Moves of items without a pointer: each is told to those who hear the page, and the focus stays with what was moved or goes beside it. */
export type ItemMoves = {
  readonly move: (key: string, step: -1 | 1) => void;
  readonly takeOff: (key: string) => void;
  readonly place: (key: string, zone: string) => void;
};

export function useItemMoves(editing: Editing): ItemMoves {
  const { t } = useTexts();
  const { draft, onChange, onSay } = editing;
  const itemName = useItemLabel(editing.object);
  const sectionName = useSectionName(editing);
  const sayWhere = (next: LayoutDraft, key: string): void => {
    const section = sectionOf(next, key);
    const keys = (section && next.zones[section.id]) ?? [];
    const where = { number: keys.indexOf(key) + 1, count: keys.length, section: sectionName(section) };
    onSay(t('layout.movedTo', { item: itemName(draft.items[key]), ...where }));
  };
  return {
    move: (key, step) => {
      const next = movedBy(draft, key, step);
      onChange(next);
      sayWhere(next, key);
    },
    takeOff: (key) => {
      const section = sectionOf(draft, key);
      const beside = neighbourOf(draft, key);
      onChange(placedIn(draft, key, { zone: PALETTE }));
      onSay(t('layout.takenOff', { item: itemName(draft.items[key]) }));
      focusOn(beside === undefined ? `[data-section="${CSS.escape(section?.id ?? '')}"]` : nameOf(beside), SEARCH);
    },
    place: (key, zone) => {
      const beside = neighbourOf(draft, key);
      const next = placedIn(draft, key, { zone });
      onChange(next);
      sayWhere(next, key);
      focusOn(beside === undefined ? SEARCH : `[data-place="${CSS.escape(beside)}"]`, SEARCH);
    },
  };
}

/** Keeps the focus on an item's name while it goes from one section to another. */
export function focusOnItem(key: string): void {
  focusOn(nameOf(key));
}

const SEARCH = '.layout-palette input';

function nameOf(key: string): string {
  return `[data-item="${CSS.escape(key)}"]`;
}

/** Focuses the first of these that is on the page once it is drawn. */
function focusOn(...selectors: readonly string[]): void {
  requestAnimationFrame(() => {
    const found = selectors.map((selector) => document.querySelector<HTMLElement>(selector)).find((element) => element !== null);
    found?.focus();
  });
}
