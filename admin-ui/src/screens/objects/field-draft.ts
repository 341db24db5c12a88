import { CONDITION_SETTINGS, type ConditionSetting } from '#platform/kernel/conditions/field-rules.ts';
import type { Field } from '#admin-ui/src/api/metadata.ts';
import type { FilterNode } from '#admin-ui/src/screens/list/list-state.ts';
import { conditionsOfOptions, keyFrom, newOption, optionsOf, plain, type OptionDraft } from './option-draft.ts';

/** A field being made or changed, as its form holds it. */
export type FieldDraft = {
  readonly type: string;
  readonly label: string;
  readonly name: string;
  /** Whether the name was typed; until then it follows the label. */
  readonly isNamed: boolean;
  readonly help: string;
  readonly required: boolean;
  readonly unique: boolean;
  readonly searchable: boolean;
  readonly personal: boolean;
  readonly options: readonly OptionDraft[];
  /** The list that the options come from; empty: they are the field's own. */
  readonly optionList: string;
  /** What the list that its own options become is called; absent: they stay its own. */
  readonly newList?: string | undefined;
  readonly target: string;
  readonly child: string;
  readonly settings: { readonly [setting in Setting]?: string };
  /** Settings that only references, copies and files have, as the metadata API takes them. */
  readonly more: { readonly [name: string]: unknown };
  /** When it is shown, required and closed, as filters on its record. */
  readonly conditions: { readonly [setting in ConditionSetting]?: FilterNode | undefined };
  readonly indexed: boolean;
  readonly default: unknown;
  readonly show: readonly string[];
  readonly read: readonly string[];
  readonly edit: readonly string[];
};

/** Settings that a type may ask beyond options and targets, in the order in which a form asks them; kept as typed. */
export const SETTINGS = ['scale', 'minimum', 'maximum', 'maxLength', 'pattern', 'format', 'currencyField', 'initial'] as const;
export type Setting = (typeof SETTINGS)[number];

export function emptyDraft(
  roles: { readonly read: readonly string[]; readonly edit: readonly string[] },
  show: readonly string[],
): FieldDraft {
  return {
    type: '',
    label: '',
    name: '',
    isNamed: false,
    help: '',
    required: false,
    unique: false,
    searchable: false,
    personal: false,
    options: [newOption('blue'), newOption('green')],
    optionList: '',
    target: '',
    child: '',
    settings: {},
    more: {},
    conditions: {},
    indexed: false,
    default: null,
    show,
    ...roles,
  };
}

/** An API name from what a person typed: `Größe (cm)` → `groesseCm`. */
export function nameFrom(label: string): string {
  const words = plain(label)
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  const camel = words.map((word, index) => {
    const rest = word.slice(1).toLowerCase();
    return index === 0 ? `${word.charAt(0).toLowerCase()}${rest}` : `${word.charAt(0).toUpperCase()}${rest}`;
  });
  const name = camel.join('').replace(/^\d+/, '').slice(0, 40);
  return name.endsWith('Id') ? `${name}ent` : name.charAt(0).toLowerCase() + name.slice(1);
}

const OPTION_TYPES = ['select', 'multiSelect', 'status'];

export function hasOptions(type: string): boolean {
  return OPTION_TYPES.includes(type);
}

/** The draft as the metadata API takes it. */
export function definitionOf(draft: FieldDraft): { readonly [name: string]: unknown } {
  return {
    name: draft.name,
    label: draft.label,
    type: draft.type,
    ...(draft.help === '' ? {} : { help: draft.help }),
    ...(draft.required ? { required: true } : {}),
    ...(draft.unique ? { unique: true } : {}),
    ...(draft.searchable ? { searchable: true } : {}),
    ...(draft.personal ? { personal: true } : {}),
    ...(hasOptions(draft.type) ? choicesOf(draft) : {}),
    ...(isTargeted(draft.type) ? { target: draft.target } : {}),
    ...draft.more,
    ...conditionsIn(draft.required ? { ...draft.conditions, requiredWhen: undefined } : draft.conditions),
    ...(draft.type === 'children' ? { child: draft.child } : {}),
    ...(draft.indexed ? { indexed: true } : {}),
    ...settingsOf(draft),
    ...(draft.default === null ? {} : { default: draft.default }),
    access: { read: draft.read, edit: draft.edit },
    show: draft.show,
  };
}

/** Options of its own; or its list, and when it offers options of that. */
function choicesOf({ options, optionList }: FieldDraft): { readonly [name: string]: unknown } {
  if (optionList === '') return { options: optionsOf(options) };
  const conditions = conditionsOfOptions(options);
  return { optionList, ...(conditions.length === 0 ? {} : { options: conditions }) };
}

/** Bounds of whole numbers, places and lengths are numbers; exact numbers stay as they were typed. What is no number is the server's to refuse. */
function settingsOf({ type, settings }: FieldDraft): { readonly [name: string]: unknown } {
  const isNumber = (name: Setting): boolean =>
    name === 'scale' || name === 'maxLength' || (['integer', 'rating'].includes(type) && (name === 'minimum' || name === 'maximum'));
  return Object.fromEntries(
    SETTINGS.flatMap((name) => {
      const typed = settings[name]?.trim() ?? '';
      if (typed === '') return [];
      return [[name, isNumber(name) && /^-?\d+$/.test(typed) ? Number(typed) : typed]];
    }),
  );
}

/** Types that lead to records of one object. */
export function isTargeted(type: string): boolean {
  return type === 'lookup' || type === 'manyToMany';
}

/** The settings of a field that only references, copies and files have. */
export function moreFrom({ targets, path, accept, megabytesMax }: Field): FieldDraft['more'] {
  return Object.fromEntries(Object.entries({ targets, path, accept, megabytesMax }).filter(([, value]) => value !== undefined));
}

/** The conditions that are there: of a field, or of its form. */
export function conditionsIn(holder: FieldDraft['conditions']): FieldDraft['conditions'] {
  return Object.fromEntries(CONDITION_SETTINGS.flatMap((setting) => (holder[setting] === undefined ? [] : [[setting, holder[setting]]])));
}

/** The settings of a field as its form holds them. */
export function settingsFrom(field: Field): FieldDraft['settings'] {
  return Object.fromEntries(SETTINGS.flatMap((name) => (field[name] === undefined ? [] : [[name, String(field[name])]])));
}

/** The draft as a field of the page, for its preview. */
export function previewOf(draft: FieldDraft): Field {
  const options = draft.options.filter((option) => option.label !== '' && option.retired !== true);
  return {
    id: '$preview',
    name: draft.name || 'preview',
    label: { en: draft.label || '…' },
    ...(draft.help === '' ? {} : { help: { en: draft.help } }),
    type: draft.type,
    column: 'preview',
    state: 'active',
    required: draft.required,
    editable: true,
    ...(hasOptions(draft.type)
      ? { options: options.map(({ key, label, color }) => ({ key: key || keyFrom(label), label: { en: label }, color })) }
      : {}),
    ...(isTargeted(draft.type) && draft.target !== '' ? { target: draft.target } : {}),
    ...draft.more,
    ...(/^\d+$/.test(draft.settings.scale ?? '') ? { scale: Number(draft.settings.scale) } : {}),
  };
}
