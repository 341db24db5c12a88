import type { LayoutDefinition, LayoutItem, LayoutSection } from '#platform/kernel/model.ts';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';

/** The zone of what is not placed yet. */
export const PALETTE = '$palette';

/** A section without its items. */
export type SectionDraft = Omit<LayoutSection, 'items'>;

/** A layout being edited: sections in order, and the keys of the items in each zone. The list layout is one section, `columns`. */
export type LayoutDraft = {
  readonly sections: readonly SectionDraft[];
  readonly zones: { readonly [zone: string]: readonly string[] };
};

const COLUMNS_ZONE = 'columns';

function keyOf(item: LayoutItem): string {
  if (item.kind === 'history') return 'history';
  return item.kind === 'related' ? `related:${item.object}:${item.field}` : `${item.kind}:${item.field}`;
}

/** Everything that could be placed: the object's fields, its rows, what refers to it. */
export function placeable(
  object: BusinessObject,
  all: readonly BusinessObject[],
  layout: LayoutDefinition,
): ReadonlyMap<string, LayoutItem> {
  const isList = layout.columns !== undefined;
  const fields = object.fields
    .filter((field) => field.state !== 'retired' && field.name !== 'id' && !(isList && field.type === 'children'))
    .map((field): LayoutItem => (field.type === 'children' ? { kind: 'children', field: field.id } : { kind: 'field', field: field.id }));
  const related = all.flatMap((other) =>
    other.parent === undefined
      ? other.fields
          .filter((field) => field.type === 'lookup' && field.target === object.name && field.system !== true)
          .map((field): LayoutItem => ({ kind: 'related', object: other.name, field: field.id }))
      : [],
  );
  const placed = (layout.sections ?? []).flatMap((section) => section.items);
  const items = [...fields, ...(layout.name === 'detail' ? related : []), ...placed];
  return new Map(items.map((item) => [keyOf(item), item]));
}

export function draftOf(layout: LayoutDefinition, items: ReadonlyMap<string, LayoutItem>): LayoutDraft {
  const sections: readonly LayoutSection[] = layout.sections ?? [
    { id: COLUMNS_ZONE, columns: 1, items: (layout.columns ?? []).map((field): LayoutItem => ({ kind: 'field', field })) },
  ];
  const zones = Object.fromEntries(sections.map((section) => [section.id, section.items.map(keyOf)]));
  const placed = new Set(Object.values(zones).flat());
  return {
    sections: sections.map(({ items: _items, ...section }) => section),
    zones: { ...zones, [PALETTE]: [...items.keys()].filter((key) => !placed.has(key)) },
  };
}

/** The draft as the metadata API takes it. */
export function layoutOf(
  draft: LayoutDraft,
  layout: LayoutDefinition,
  items: ReadonlyMap<string, LayoutItem>,
): Pick<LayoutDefinition, 'sections' | 'columns'> {
  const of = (zone: string): readonly LayoutItem[] => (draft.zones[zone] ?? []).flatMap((key) => items.get(key) ?? []);
  if (layout.columns !== undefined) return { columns: of(COLUMNS_ZONE).flatMap((item) => (item.kind === 'field' ? [item.field] : [])) };
  return { sections: draft.sections.map((section) => ({ ...section, items: of(section.id) })) };
}

/** An item moved by keys: up and down, over the edge into the next section. */
export function movedBy(draft: LayoutDraft, key: string, step: -1 | 1): LayoutDraft {
  const zone = draft.sections.find((section) => draft.zones[section.id]?.includes(key))?.id;
  const keys = zone === undefined ? undefined : draft.zones[zone];
  if (zone === undefined || !keys) return draft;
  const from = keys.indexOf(key);
  const to = from + step;
  if (to >= 0 && to < keys.length) {
    const next = [...keys];
    next.splice(to, 0, ...next.splice(from, 1));
    return { ...draft, zones: { ...draft.zones, [zone]: next } };
  }
  const neighbour = draft.sections[draft.sections.findIndex((section) => section.id === zone) + step];
  return neighbour ? placedIn(draft, key, { zone: neighbour.id, isFirst: step === 1 }) : draft;
}

/** An item put into a zone, at its beginning or end. */
export function placedIn(draft: LayoutDraft, key: string, to: { readonly zone: string; readonly isFirst?: boolean }): LayoutDraft {
  const zones = Object.fromEntries(Object.entries(draft.zones).map(([zone, keys]) => [zone, keys.filter((one) => one !== key)]));
  const target = zones[to.zone] ?? [];
  return { ...draft, zones: { ...zones, [to.zone]: to.isFirst === true ? [key, ...target] : [...target, key] } };
}

export function withSection(draft: LayoutDraft, section: SectionDraft): LayoutDraft {
  return { sections: [...draft.sections, section], zones: { ...draft.zones, [section.id]: [] } };
}

export function changedSection(draft: LayoutDraft, id: string, part: Partial<SectionDraft>): LayoutDraft {
  return { ...draft, sections: draft.sections.map((section) => (section.id === id ? { ...section, ...part } : section)) };
}

/** Without the section; what it held goes back to the palette. */
export function withoutSection(draft: LayoutDraft, id: string): LayoutDraft {
  const { [id]: held = [], ...zones } = draft.zones;
  return {
    sections: draft.sections.filter((section) => section.id !== id),
    zones: { ...zones, [PALETTE]: [...(zones[PALETTE] ?? []), ...held] },
  };
}

export function movedSection(draft: LayoutDraft, id: string, step: -1 | 1): LayoutDraft {
  const from = draft.sections.findIndex((section) => section.id === id);
  const sections = [...draft.sections];
  sections.splice(from + step, 0, ...sections.splice(from, 1));
  return { ...draft, sections };
}
