import type { Label, Option } from '#platform/kernel/model.ts';
import type { Language } from '#admin-ui/src/i18n/index.ts';
import type { FilterNode } from '#admin-ui/src/screens/list/list-state.ts';

/** An option as a form holds it. `isKnown`: records may hold it, so that it is retired instead of removed. */
export type OptionDraft = {
  readonly id: string;
  readonly key: string;
  readonly label: string;
  readonly color: string;
  readonly isKnown?: boolean;
  readonly retired?: boolean;
  readonly visibleWhen?: FilterNode | undefined;
};

export function newOption(color = 'gray'): OptionDraft {
  return { id: crypto.randomUUID(), key: '', label: '', color };
}

/** Options that are there, as their form holds them. */
export function optionDrafts(options: readonly Option[], say: (label: Label | undefined) => string): readonly OptionDraft[] {
  return options.map(({ key, label, color = 'gray', retired, visibleWhen }) => ({
    id: key,
    key,
    label: say(label),
    color,
    isKnown: true,
    ...(retired === undefined ? {} : { retired }),
    ...(visibleWhen ? { visibleWhen } : {}),
  }));
}

/** The options of a form as the metadata API takes them; rows without a label are none. */
export function optionsOf(drafts: readonly OptionDraft[]): readonly { readonly key: string; readonly label: string }[] {
  return drafts
    .filter((option) => option.label.trim() !== '')
    .map(({ key, label, color, retired, visibleWhen }) => ({
      key: key || keyFrom(label),
      label,
      color,
      ...(retired === true ? { retired } : {}),
      ...(visibleWhen ? { visibleWhen } : {}),
    }));
}

/** The options of a form as a change of those that are there: with their other language, and without conditions that were taken away. */
export function changedOptions(drafts: readonly OptionDraft[], before: readonly Option[], language: Language): readonly object[] {
  const known = new Map(before.map((option) => [option.key, option]));
  return optionsOf(drafts).map((option) => ({
    visibleWhen: null,
    ...option,
    label: { en: option.label, ...known.get(option.key)?.label, [language]: option.label },
  }));
}

/** When the options of a list are offered, as a field that uses it says it. */
export function conditionsOfOptions(drafts: readonly OptionDraft[]): readonly object[] {
  return drafts.flatMap(({ key, retired, visibleWhen }) => (visibleWhen && retired !== true ? [{ key, visibleWhen }] : []));
}

/** The options of a list in the form of a field, each under the condition that the form has for it. */
export function listedDrafts(listed: readonly OptionDraft[], before: readonly OptionDraft[]): readonly OptionDraft[] {
  const conditions = new Map(before.map((option) => [option.key, option.visibleWhen]));
  return listed.map((option) => ({ ...option, visibleWhen: conditions.get(option.key) }));
}

/** A key from an option's label: `In Prüfung` → `in_pruefung`. */
export function keyFrom(label: string): string {
  return plain(label)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 60);
}

/** A name for a list from its label: begins with a letter, as names of the API do. */
export function listNameFrom(label: string): string {
  return keyFrom(label)
    .replace(/^[0-9_]+/, '')
    .slice(0, 41);
}

/** Letters without what makes them German or French. */
export function plain(text: string): string {
  const german = text
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('Ä', 'Ae')
    .replaceAll('Ö', 'Oe')
    .replaceAll('Ü', 'Ue');
  return german
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '');
}
