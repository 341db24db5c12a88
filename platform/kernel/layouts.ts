import { isAlwaysRequired } from './conditions/field-rules.ts';
import type { Condition, FieldDefinition, Label } from './model.ts';

/** Where fields stand on a page. Items name fields by id, so that a rename changes nothing. */
export type LayoutItem =
  | { readonly kind: 'field'; readonly field: string; readonly span?: 1 | 2 | 3 | 4 }
  | { readonly kind: 'children'; readonly field: string; readonly columns?: readonly string[] }
  | RelatedItem
  | PlainItem;

/**
 * What a page has besides fields and lists, as its kind alone says: everything that refers to the record and that the layout does not place
 * itself; the documents before and after a document; the record's history.
 */
export const PLAIN_ITEMS = ['otherRelated', 'chain', 'history'] as const;
type PlainKind = (typeof PLAIN_ITEMS)[number];
export type PlainItem = { readonly [Kind in PlainKind]: { readonly kind: Kind } }[PlainKind];

/** Whether an item names nothing but its kind. */
export function isPlainItem(item: { readonly kind?: unknown }): item is PlainItem {
  return PLAIN_ITEMS.some((kind) => kind === item.kind);
}

/** Records of another object whose `field` refers to this one; at first `limit` of them are shown. */
export type RelatedItem = {
  readonly kind: 'related';
  readonly object: string;
  readonly field: string;
  readonly columns?: readonly string[];
  readonly sort?: { readonly field: string; readonly descending?: boolean };
  readonly limit?: number;
};

/** A titled group of items in one to four columns. `id` is stable within the layout. `side`: it stands beside the page, on every tab. */
export type LayoutSection = {
  readonly id: string;
  readonly label?: Label;
  readonly columns?: 1 | 2 | 3 | 4;
  /** The id of its tab; absent: the first one. */
  readonly tab?: string;
  readonly side?: boolean;
  readonly items: readonly LayoutItem[];
};

/** A part of a page that is turned to. */
export type LayoutTab = { readonly id: string; readonly label: Label };

/** What layouts are of: the page of a record, that of a new one, the table of a list, the cards of a board. */
export type LayoutPage = 'detail' | 'create' | 'list' | 'kanban';

/**
 * A layout: `detail` and `create` have sections; `list` and `kanban` have columns. One that is called like its page is the page's default;
 * others say whose `page` they are, and a rule of the object when they are taken. An object without its own gets generated ones.
 */
export type LayoutDefinition = {
  readonly id: string;
  readonly name: string;
  readonly page?: LayoutPage;
  readonly label?: Label;
  readonly tabs?: readonly LayoutTab[];
  readonly sections?: readonly LayoutSection[];
  readonly columns?: readonly string[];
  readonly generated?: boolean;
};

/** When a layout, by name, is taken for its page: for people in one of the roles, for records that meet the condition. The first rule that fits holds. */
export type LayoutRule = { readonly layout: string; readonly roles?: readonly string[]; readonly when?: Condition };

/** The pages that layouts are of. */
export const LAYOUT_PAGES: readonly LayoutPage[] = ['detail', 'create', 'list', 'kanban'];

/** The page of that name. */
export function layoutPage(name: unknown): LayoutPage | undefined {
  return LAYOUT_PAGES.find((page) => page === name);
}

/** The page that a layout is of: its name says it, or it does itself. */
export function pageOf(layout: Pick<LayoutDefinition, 'name' | 'page'>): LayoutPage | undefined {
  return layoutPage(layout.name) ?? layout.page;
}

/** Whether a page is drawn in sections; the others have columns. */
export function hasSections(page: LayoutPage): boolean {
  return page === 'detail' || page === 'create';
}

type Laid = { readonly layouts: readonly LayoutDefinition[]; readonly layoutRules?: readonly LayoutRule[] };
type Asking = { readonly roles: readonly string[]; readonly meets: (condition: NonNullable<LayoutRule['when']>) => boolean };

/** The layout of a page for one person and one record: that of the first rule that fits, else the one called like the page. */
export function layoutFor(object: Laid, page: LayoutPage, { roles, meets }: Asking): LayoutDefinition | undefined {
  const named = (name: string): LayoutDefinition | undefined => object.layouts.find((layout) => layout.name === name);
  const fitting = (object.layoutRules ?? []).find((rule) => {
    const layout = named(rule.layout);
    if (!layout || pageOf(layout) !== page) return false;
    return (rule.roles === undefined || rule.roles.some((role) => roles.includes(role))) && (rule.when === undefined || meets(rule.when));
  });
  return (fitting && named(fitting.layout)) ?? named(page);
}

/** Types whose values the platform gives to a new record. */
const GIVEN_TYPES = ['status', 'autoNumber', 'documentNumber', 'uuid'];

/** The fields without which no record can be made, and which a page for new ones does not ask for; of any other layout none. */
export function unaskedFields<Field extends FieldDefinition>(
  fields: readonly Field[],
  layout: Pick<LayoutDefinition, 'name' | 'page' | 'sections'>,
): readonly Field[] {
  if (pageOf(layout) !== 'create') return [];
  const items = (layout.sections ?? []).flatMap((section) => section.items);
  const asked = new Set(items.map((item) => ('field' in item ? item.field : '')));
  return fields.filter(
    (field) =>
      isAlwaysRequired(field) &&
      field.state !== 'retired' &&
      field.system !== true &&
      field.readOnly !== true &&
      (field.default ?? null) === null &&
      !GIVEN_TYPES.includes(field.type) &&
      !asked.has(field.id),
  );
}
