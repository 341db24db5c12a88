import type { LayoutItem, LayoutPage } from '#platform/kernel/model.ts';
import { fieldById, useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { COLUMNS_ZONE, type LayoutDraft, type SectionDraft } from './layout-draft.ts';

/** What of a layout is being looked at. */
export type Selected = { readonly kind: 'item'; readonly key: string } | { readonly kind: 'section' | 'tab'; readonly id: string };

/** What the parts of the editor share. */
export type Editing = {
  readonly object: BusinessObject;
  readonly page: LayoutPage;
  readonly draft: LayoutDraft;
  /** The tab that is open; undefined while the page has none. */
  readonly tab: string | undefined;
  readonly selected: Selected | null;
  /** The record whose values stand beside the fields. */
  readonly record: RecordValues | null;
  readonly onTab: (id: string | undefined) => void;
  readonly onSelect: (selected: Selected | null) => void;
  readonly onPreview: (draft: LayoutDraft | null) => void;
  readonly onChange: (draft: LayoutDraft, typing?: string) => void;
  /** Tells it to those who hear the page. */
  readonly onSay: (sentence: string) => void;
};

/** What an item is called in the editor. */
export function useItemLabel(object: BusinessObject): (item: LayoutItem | undefined) => string {
  const { t, say } = useTexts();
  const objects = useObjects();
  return (item) => {
    if (item === undefined) return '';
    if (item.kind === 'history') return t('history.title');
    if (item.kind === 'otherRelated') return t('layout.otherRelated');
    if (item.kind === 'chain') return t('chain.title');
    if (item.kind !== 'related') return say(fieldById(object, item.field)?.label);
    const other = objects.find((one) => one.name === item.object);
    return `${say(other?.pluralLabel)} (${say(other && fieldById(other, item.field)?.label)})`;
  };
}

/** What a section is called in the editor; the columns of a list are one without a head. */
export function useSectionName({ draft }: Pick<Editing, 'draft'>): (section: SectionDraft | undefined) => string {
  const { t, say } = useTexts();
  return (section) => {
    if (section === undefined) return '';
    if (section.id === COLUMNS_ZONE) return t('layout.columnsOf');
    return say(section.label) || t('layout.untitled', { number: draft.sections.indexOf(section) + 1 });
  };
}
