import { hasSections, pageOf, isPlainItem } from '#platform/kernel/layouts.ts';
import type { LayoutDefinition, LayoutItem, LayoutPage, LayoutSection, LayoutTab } from '#platform/kernel/model.ts';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { relationsOf } from '#admin-ui/src/layout/relations.ts';
import { listableFields } from '#admin-ui/src/screens/list/list-query.ts';
import { moved } from '#admin-ui/src/ui/moved.ts';

/** The zone of what is not placed yet. */
export const PALETTE = '$palette';

/** A section without its items. */
export type SectionDraft = Omit<LayoutSection, 'items'>;

/** A layout being edited: its tabs, its sections in order, and the keys of the items in each zone. Columns are one section, `columns`. */
export type LayoutDraft = {
  readonly tabs: readonly LayoutTab[];
  readonly sections: readonly SectionDraft[];
  readonly zones: { readonly [zone: string]: readonly string[] };
  readonly items: { readonly [key: string]: LayoutItem };
};

export const COLUMNS_ZONE = 'columns';

/** What tells one item of a layout from the others. */
export function keyOf(item: LayoutItem): string {
  if (isPlainItem(item)) return item.kind;
  return item.kind === 'related' ? `related:${item.object}:${item.field}` : `${item.kind}:${item.field}`;
}

/** Everything that could stand on a page: the object's fields, its rows, what refers to it; last what the platform keeps of every record. */
export function placeable(object: BusinessObject, all: readonly BusinessObject[], page: LayoutPage): readonly LayoutItem[] {
  const isOfColumns = !hasSections(page);
  const fields = (isOfColumns ? listableFields(object) : object.fields).filter((field) => field.state !== 'retired' && field.name !== 'id');
  const own = fields.filter((field) => field.system !== true).map(itemOf);
  const system = fields.filter((field) => field.system === true).map(itemOf);
  if (page !== 'detail') return [...own, ...system];
  const related = relationsOf(object, all).map((one): LayoutItem => ({ kind: 'related', object: one.object.name, field: one.field.id }));
  return [...own, ...related, { kind: 'otherRelated' }, { kind: 'chain' }, { kind: 'history' }, ...system];
}

function itemOf({ id, type }: Field): LayoutItem {
  return { kind: type === 'children' ? 'children' : 'field', field: id };
}

/** The draft that a layout begins with; fields that are not there any more are left out. */
export function draftOf(layout: LayoutDefinition, possible: readonly LayoutItem[]): LayoutDraft {
  const sections: readonly LayoutSection[] = layout.sections ?? [
    { id: COLUMNS_ZONE, columns: 1, items: (layout.columns ?? []).map((field): LayoutItem => ({ kind: 'field', field })) },
  ];
  const known = new Map(possible.map((item) => [keyOf(item), item]));
  const placed = sections.flatMap((section) => section.items).filter((item) => known.has(keyOf(item)));
  const keys = new Set(placed.map(keyOf));
  return {
    tabs: layout.tabs ?? [],
    sections: sections.map(({ items: _items, ...section }) => section),
    zones: {
      ...Object.fromEntries(sections.map((section) => [section.id, section.items.map(keyOf).filter((key) => keys.has(key))])),
      [PALETTE]: [...known.keys()].filter((key) => !keys.has(key)),
    },
    items: Object.fromEntries([...possible, ...placed].map((item) => [keyOf(item), item])),
  };
}

/** The draft as the metadata API takes it: sections tab by tab, and last those at the side. */
export function layoutOf(draft: LayoutDraft, { name, page, label }: LayoutDefinition): Omit<LayoutDefinition, 'id'> {
  const of = (zone: string): readonly LayoutItem[] => (draft.zones[zone] ?? []).flatMap((key) => draft.items[key] ?? []);
  const head = { name, ...(page === undefined ? {} : { page }), ...(label === undefined ? {} : { label }) };
  const shown = pageOf({ name, ...(page === undefined ? {} : { page }) });
  if (shown !== undefined && !hasSections(shown))
    return { ...head, columns: of(COLUMNS_ZONE).flatMap((item) => (item.kind === 'field' ? [item.field] : [])) };
  const rank = (section: SectionDraft): number => (section.side === true ? draft.tabs.length : Math.max(0, tabIndex(draft, section)));
  const ordered = draft.sections.toSorted((left, right) => rank(left) - rank(right));
  const tabs = draft.tabs.length > 0 ? { tabs: draft.tabs } : {};
  return { ...head, ...tabs, sections: ordered.map((section) => ({ ...section, items: of(section.id) })) };
}

function tabIndex({ tabs }: LayoutDraft, section: SectionDraft): number {
  return tabs.findIndex((tab) => tab.id === section.tab);
}

/** The sections of one tab, in order; without one, those of the page. The first tab has those that name none. */
export function sectionsOn({ sections, tabs }: LayoutDraft, tab: string | undefined): readonly SectionDraft[] {
  const main = sections.filter((section) => section.side !== true);
  return tab === undefined ? main : main.filter((section) => (section.tab ?? tabs[0]?.id) === tab);
}

/** The sections beside the page. */
export function sideSections({ sections }: LayoutDraft): readonly SectionDraft[] {
  return sections.filter((section) => section.side === true);
}

/** The sections among which one stands: those of its tab, or those at the side. */
function siblings(draft: LayoutDraft, section: SectionDraft): readonly SectionDraft[] {
  return section.side === true ? sideSections(draft) : sectionsOn(draft, section.tab ?? draft.tabs[0]?.id);
}

/** The section that holds an item; undefined while it is not placed. */
export function sectionOf(draft: LayoutDraft, key: string): SectionDraft | undefined {
  return draft.sections.find((section) => draft.zones[section.id]?.includes(key));
}

/** The item after this one in its zone, else the one before. */
export function neighbourOf({ zones }: LayoutDraft, key: string): string | undefined {
  const keys = Object.values(zones).find((zone) => zone.includes(key)) ?? [];
  const at = keys.indexOf(key);
  return keys[at + 1] ?? keys[at - 1];
}

/** Whether nothing is on the page. */
export function isEmptyDraft({ sections, zones }: LayoutDraft): boolean {
  return sections.every((section) => (zones[section.id] ?? []).length === 0);
}

/** Fields put at the end of the page's first section. */
export function withFields(draft: LayoutDraft, fields: readonly Field[]): LayoutDraft {
  const whole = draft.sections.length > 0 ? draft : withSection(draft, { id: 'general', columns: 2 });
  const zone = whole.sections.find((section) => section.side !== true)?.id ?? whole.sections[0]?.id ?? '';
  return fields.reduce((next, field) => placedIn(next, keyOf(itemOf(field)), { zone }), whole);
}

/** An item moved by keys: up and down, over the edge into the next section. */
export function movedBy(draft: LayoutDraft, key: string, step: -1 | 1): LayoutDraft {
  const section = sectionOf(draft, key);
  const keys = section && draft.zones[section.id];
  if (!section || !keys) return draft;
  const from = keys.indexOf(key);
  const to = from + step;
  if (to >= 0 && to < keys.length) {
    return { ...draft, zones: { ...draft.zones, [section.id]: moved(keys, from, to) } };
  }
  const around = siblings(draft, section);
  const neighbour = around[around.findIndex((one) => one.id === section.id) + step];
  return neighbour ? placedIn(draft, key, { zone: neighbour.id, isFirst: step === 1 }) : draft;
}

/** An item put into a zone, at its beginning or end. */
export function placedIn(draft: LayoutDraft, key: string, to: { readonly zone: string; readonly isFirst?: boolean }): LayoutDraft {
  const zones = Object.fromEntries(Object.entries(draft.zones).map(([zone, keys]) => [zone, keys.filter((one) => one !== key)]));
  const target = zones[to.zone] ?? [];
  return { ...draft, zones: { ...zones, [to.zone]: to.isFirst === true ? [key, ...target] : [...target, key] } };
}

export function changedItem(draft: LayoutDraft, item: LayoutItem): LayoutDraft {
  return { ...draft, items: { ...draft.items, [keyOf(item)]: item } };
}

export function withSection(draft: LayoutDraft, section: SectionDraft): LayoutDraft {
  return { ...draft, sections: [...draft.sections, section], zones: { ...draft.zones, [section.id]: [] } };
}

export function changedSection(draft: LayoutDraft, section: SectionDraft): LayoutDraft {
  return { ...draft, sections: draft.sections.map((one) => (one.id === section.id ? section : one)) };
}

/** Without the section; what it held goes back to the palette. */
export function withoutSection(draft: LayoutDraft, id: string): LayoutDraft {
  const { [id]: held = [], ...zones } = draft.zones;
  return {
    ...draft,
    sections: draft.sections.filter((section) => section.id !== id),
    zones: { ...zones, [PALETTE]: [...(zones[PALETTE] ?? []), ...held] },
  };
}

/** A section moved among those that it stands with. */
export function movedSection(draft: LayoutDraft, section: SectionDraft, step: -1 | 1): LayoutDraft {
  const around = siblings(draft, section).map((one) => one.id);
  const from = around.indexOf(section.id);
  if (around[from + step] === undefined) return draft;
  return inOrder(draft, moved(around, from, from + step));
}

/** The sections with some of them in a new order, at the places that these have together. */
function inOrder(draft: LayoutDraft, ids: readonly string[]): LayoutDraft {
  const byId = new Map(draft.sections.map((section) => [section.id, section]));
  const next = ids.flatMap((id) => byId.get(id) ?? []).values();
  return { ...draft, sections: draft.sections.map((section) => (ids.includes(section.id) ? (next.next().value ?? section) : section)) };
}

/** Sections dragged: which stand in the page, on the tab that is open, and which at its side. */
export function arranged(
  draft: LayoutDraft,
  at: { readonly main: readonly string[]; readonly side: readonly string[]; readonly tab?: string | undefined },
): LayoutDraft {
  const placed = draft.sections.map((section): SectionDraft => {
    const { side: _side, tab: _tab, ...rest } = section;
    if (at.side.includes(section.id)) return section.side === true ? section : { ...rest, side: true, columns: 1 };
    if (!at.main.includes(section.id) || section.side !== true) return section;
    return at.tab === undefined ? rest : { ...rest, tab: at.tab };
  });
  return inOrder(inOrder({ ...draft, sections: placed }, at.main), at.side);
}

/** One more tab; the first one takes what the page has until now. */
export function withTab(draft: LayoutDraft, tab: LayoutTab, first: LayoutTab): LayoutDraft {
  return { ...draft, tabs: draft.tabs.length === 0 ? [first, tab] : [...draft.tabs, tab] };
}

export function changedTab(draft: LayoutDraft, tab: LayoutTab): LayoutDraft {
  return { ...draft, tabs: draft.tabs.map((one) => (one.id === tab.id ? tab : one)) };
}

/** Without the tab; its sections go to the one before it, or after the first. A single tab would be none. */
export function withoutTab(draft: LayoutDraft, id: string): LayoutDraft {
  const at = draft.tabs.findIndex((tab) => tab.id === id);
  const heir = draft.tabs[at === 0 ? 1 : at - 1];
  const held = new Set(sectionsOn(draft, id).map((section) => section.id));
  const left = draft.tabs.filter((tab) => tab.id !== id);
  const tabs = left.length < 2 ? [] : left;
  return {
    ...draft,
    tabs,
    sections: draft.sections.map((section) => {
      const { tab, ...rest } = section;
      if (tabs.length === 0) return rest;
      if (held.has(section.id)) return heir ? { ...rest, tab: heir.id } : rest;
      return tab === undefined ? rest : section;
    }),
  };
}

export function movedTab(draft: LayoutDraft, id: string, step: -1 | 1): LayoutDraft {
  const { tabs } = draft;
  const from = tabs.findIndex((tab) => tab.id === id);
  if (tabs[from + step] === undefined) return draft;
  // What names no tab stands on the first one, and goes on standing there.
  const first = tabs[0];
  const sections = draft.sections.map((section) =>
    section.side === true || section.tab !== undefined || !first ? section : { ...section, tab: first.id },
  );
  return { ...draft, tabs: moved(tabs, from, from + step), sections };
}
