/**
 * The words of the metadata: what the effective definition of an object looks like to every part of the platform.
 * Effective = standard (JSON files under metadata/) + customised (core's database). All values are plain frozen data.
 */ import type { Balanced, Chained } from './invariants.ts';
import type { LayoutDefinition, LayoutRule } from './layouts.ts';
import type { ViewDisplay } from './view-display.ts';

export type { LayoutDefinition, LayoutItem, LayoutPage, LayoutRule, LayoutSection, LayoutTab, RelatedItem } from './layouts.ts';

/** Text for people, by language. English is always there. */
export type Label = { readonly en: string; readonly de?: string };

/** A JSON value as it stands in metadata, events and request bodies. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A filter on the record itself, in API words: `{kind: 'stone'}`, `{or: [{total: {gte: '100'}}, {urgent: true}]}`. */
export type Condition = { readonly [name: string]: Json };

/**
 * An option of a select or status. Records store `key`; the label is free. A retired option stays readable, never choosable. A status that is
 * `aside`, such as On hold or Cancelled, is no step of the way that records go; it shows when a record is in it. With `visibleWhen` it is
 * offered only in records that meet it.
 */
export type Option = {
  readonly key: string;
  readonly label: Label;
  readonly color?: string;
  readonly retired?: boolean;
  readonly aside?: boolean;
  readonly visibleWhen?: Condition;
  /** In a field that uses an option list: one that the list does not have, retired and kept because records may hold it. */
  readonly own?: boolean;
};

/** Options that fields of several objects have in common. Its name is how fields name it, and stays for life. */
export type OptionList = {
  readonly name: string;
  readonly label: Label;
  readonly options: readonly Option[];
  /** The last metadata version that touched it: its ETag. */
  readonly version: number;
};

/** Which roles see and change a field. Absent on a field: whoever may read or edit the object. */
export type FieldAccess = { readonly read: readonly string[]; readonly edit: readonly string[] };

/**
 * One field of an object.
 * `id` is the same in every environment and never changes; `name` is the API name and may; `column` is the physical column,
 * fixed when the field is made. `state`: `active` is served, `pending` waits for an index or a backfill, `retired` keeps its data unseen.
 */
export type FieldDefinition = {
  readonly id: string;
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly label: Label;
  readonly help?: Label;
  readonly type: string;
  readonly column: string;
  readonly state: 'active' | 'pending' | 'retired';
  /** ISO instant of retirement; dropped 30 days later. */
  readonly retiredAt?: string;
  readonly custom?: boolean;
  /** A column of every table of its kind (id, version, createdAt, owner …), never DDL. With `readOnly` it is written by the platform alone. */
  readonly system?: boolean;
  readonly required?: boolean;
  readonly unique?: boolean;
  readonly indexed?: boolean;
  /** Part of `q` and lookup. */
  readonly searchable?: boolean;
  /** Set by hooks and commands, refused from outside. */
  readonly readOnly?: boolean;
  /** Asked and shown only in records that meet it; elsewhere it takes no value, and `required` does not demand one. */
  readonly visibleWhen?: Condition;
  /** Required in records that meet it. */
  readonly requiredWhen?: Condition;
  /** Closed to people in records that meet it, before their change and after. */
  readonly readOnlyWhen?: Condition;
  readonly personal?: boolean;
  /** Goes on changing when its record is sealed: counts, remarks, what happens to a document after it was issued. */
  readonly live?: boolean;
  readonly default?: Json;
  readonly access?: FieldAccess;
  readonly options?: readonly Option[];
  /** The option list that `options` come from; what is the field's own of them is `visibleWhen`. */
  readonly optionList?: string;
  /** lookup and manyToMany: name of the target object. */
  readonly target?: string;
  /** polymorphic: names of the objects it may lead to. */
  readonly targets?: readonly string[];
  /** relatedValue and snapshot: a reference of the same object and a field of what it leads to, `customer.email`. */
  readonly path?: string;
  /** snapshot: the statuses in which it follows its origin; absent: those in which the object may be edited, else the first. */
  readonly followsIn?: readonly string[];
  /** lookup into another service: the target's fields kept in the mirror, besides its title; `groups.parent`: of what those lead to. */
  readonly mirror?: readonly string[];
  /** children: name of the child object. */
  readonly child?: string;
  readonly precision?: number;
  readonly scale?: number;
  readonly minimum?: number | string;
  readonly maximum?: number | string;
  /** A number that counts something, neither below zero nor above `atMost` of the same row, which `tolerance`, a percent field of the parent, may exceed. */
  readonly count?: { readonly atMost?: string; readonly tolerance?: string };
  readonly maxLength?: number;
  /** A regular expression in RE2 syntax. */
  readonly pattern?: string;
  /** money: the field of the same record that holds the currency code. */
  readonly currencyField?: string;
  /** condition: the choice of the same record whose value is the object that is asked about; absent: its own object. */
  readonly objectField?: string;
  /** documentNumber and autoNumber: e.g. `OF-{YYYY}-{00000}`. */
  readonly format?: string;
  /** status: the key a new record starts in. */
  readonly initial?: string;
  /** json that is a list of objects: what each is made of, for the screens to show it as a table. */
  readonly rowFields?: readonly RowField[];
  /** select: keys that no option has are taken too, and shown as they are. */
  readonly open?: boolean;
  /** The json field of the same object that tells how the value came about. */
  readonly explainedBy?: string;
  /** It is being given another type: that job carries its values over into `column`; when it has, the field becomes `to`. */
  readonly retype?: { readonly column: string; readonly job: string; readonly at: string; readonly to: FieldSettings };
  /** What it was before its type was changed; that column is kept in step, so that the change can be taken back. */
  readonly former?: { readonly column: string; readonly at: string; readonly as: FieldSettings };
  /** file and image: media types that are taken, `image/*` for a family; absent: all. */
  readonly accept?: readonly string[];
  /** file and image: the most megabytes of one file. */
  readonly megabytesMax?: number;
};

/** A field without what makes it this one: its identity, its columns, its state. */
export type FieldSettings = Omit<FieldDefinition, 'id' | 'column' | 'state' | 'retiredAt' | 'retype' | 'former'>;

/** What a part of each row of a json list is; `target` of an uuid is the object whose record it is the id of, so that people see its title. */
export type RowField = Pick<FieldDefinition, 'name' | 'label' | 'type' | 'options' | 'target'>;

/** Tick-box system features of an object. */
export type Features = {
  readonly company?: boolean;
  readonly owner?: boolean;
  readonly number?: boolean;
  readonly status?: boolean;
  readonly currency?: boolean;
  readonly history?: boolean;
  readonly comments?: boolean;
  readonly attachments?: boolean;
  /** Search and lookup forgive a letter or two in words of the title. */
  readonly fuzzySearch?: boolean;
};

/** A role's rights on one object. Absent means no. `commands: true` is every command. */
export type Grant = {
  readonly read?: boolean;
  readonly create?: boolean;
  readonly edit?: boolean;
  readonly delete?: boolean;
  readonly purge?: boolean;
  readonly commands?: true | readonly string[];
};

/** A verb of an object: the one place from which validator, OpenAPI, buttons and types come. */
export type CommandDefinition = {
  readonly name: string;
  readonly label: Label;
  /** Statuses it may start from; absent: any. */
  readonly from?: readonly string[];
  /** Status it leads to, unless its code says another; absent: it does not move the status, or the code decides. */
  readonly to?: string;
  /** Input fields, in the words of fields (name, label, type, required, options …). */
  readonly input?: readonly InputField[];
  /** A question to confirm first. */
  readonly confirm?: Label;
  /** Draws the document number when it succeeds and none is set. */
  readonly draws?: string;
  /** The public page of the module whose link it hands out: to a customer, for what they have to decide. */
  readonly handsOut?: string;
  /** Merges another record into this one: its input that names the other. The screens compare both and say what moves. */
  readonly merges?: string;
  /** Works on the collection, not on one record. */
  readonly collection?: boolean;
  /** `false`: a place of its own in the screens does it, and lists and pages have no button for it. */
  readonly offered?: false;
  /** `primary` is drawn as the main button, `danger` in red. */
  readonly tone?: 'primary' | 'danger';
};

/** An input field of a command: a field without a column. */
export type InputField = Omit<FieldDefinition, 'id' | 'column' | 'state'> & {
  /** json: its rows say how much of which of the record's lines, and the screens draw these lines to choose from. */
  readonly lines?: LineInput;
  /** `false`: it is there for programs, and the screens do not ask for it. */
  readonly asked?: false;
};

/** Quantities of a record's lines as a command's input: `[{orderLineId, quantity}]`. Fields are named by id. The screens work out of the lines what is open; under the lock, the code says. */
export type LineInput = {
  /** The children field whose rows are meant. */
  readonly of: string;
  /** What a row of the input calls the id of its line, such as `orderLineId`. */
  readonly key: string;
  /** Fields of a line by which people know it. */
  readonly columns: readonly string[];
  /** Lines that take part; absent: all. */
  readonly only?: LineCondition;
  /** The most that can be taken of a line. `tolerance` is a percent field of the record by which `plus` may be exceeded. */
  readonly open: LineSum & { readonly label?: Label; readonly tolerance?: string };
  /** What of that can be taken now, as a column of its own and as what is filled in. */
  readonly ready?: LineSum & { readonly label: Label; readonly only?: LineCondition };
  /** What is asked of each line; together they are no more than what is open. A `prefilled` one begins with all that can be taken; alone, it is needed. */
  readonly quantities: readonly { readonly name: string; readonly label: Label; readonly prefilled?: boolean }[];
};

/** A field of a line, and the keys of it that hold. */
export type LineCondition = { readonly field: string; readonly in: readonly string[] };

/** The sum of some fields of a line less others; empty ones count as zero. */
export type LineSum = { readonly plus: readonly string[]; readonly minus?: readonly string[] };

/** A saved list view. `columns`, `sort` and `filter` are in API words. `visibility`: everyone, a role, or one user. */
export type ViewDefinition = {
  readonly id: string;
  readonly name: string;
  readonly label: Label;
  readonly columns?: readonly string[];
  readonly sort?: string;
  readonly filter?: Json;
  readonly display?: ViewDisplay;
  /** What a table is drawn in groups by, with their sums, outermost first, as `kernel/grouping.ts` writes it: `status,date:month`. */
  readonly group?: string;
  readonly visibility:
    | { readonly kind: 'everyone' }
    | { readonly kind: 'role'; readonly role: string }
    | { readonly kind: 'user'; readonly user: string };
};

/** What records of an object are printed as: what it is called on paper, and the commands that issue it, which keep it for good. */
export type PrintedAs = { readonly label: Label; readonly issuedBy: readonly string[] };

/** Fields whose values name one thing, and the dates from and until which a record is valid, both included: on no day two are. */
export type NoOverlap = { readonly fields: readonly string[]; readonly from: string; readonly until: string };

/** One object: its table, its fields, its verbs, its rights, its pages. */
export type ObjectDefinition = {
  readonly id: string;
  readonly name: string;
  readonly module: string;
  readonly collection: string;
  readonly label: Label;
  readonly pluralLabel: Label;
  readonly icon?: string;
  /** Physical table in schema `records`; fixed when the object is made. */
  readonly table: string;
  readonly custom?: boolean;
  readonly state: 'active' | 'retired';
  readonly retiredAt?: string;
  readonly titleField: string;
  /** Set on a child object: the object its rows live in. Children are written inside their parent. */
  readonly parent?: string;
  readonly features: Features;
  /** `none`: append-only system objects that make no record events. */
  readonly emits?: 'record' | 'none';
  /** Statuses in which the generic PATCH may change fields; absent: all. */
  readonly editableIn?: readonly string[];
  /** Its records are rows of a view of what is kept there, read like any others; nobody writes them or gives them fields. */
  readonly storedBy?: 'eventStore';
  /**
   * Statuses in which the database itself refuses every change but to `live` fields, and never lets the record out again; its child rows too.
   * `true`: from the first moment on, for what is only ever added to.
   */
  readonly sealedIn?: readonly string[] | true;
  readonly balanced?: Balanced;
  readonly chained?: Chained;
  readonly defaultSort?: string;
  /** Its records are documents that go to somebody. */
  readonly document?: PrintedAs;
  /** Names of fields whose values together may be there once, rule by rule. Where one of them is missing, nothing is compared. */
  readonly uniqueTogether?: readonly (readonly string[])[];
  readonly noOverlap?: NoOverlap;
  readonly fields: readonly FieldDefinition[];
  readonly commands: readonly CommandDefinition[];
  readonly access: Readonly<Record<string, Grant>>;
  readonly layouts: readonly LayoutDefinition[];
  readonly layoutRules?: readonly LayoutRule[];
  readonly views: readonly ViewDefinition[];
  /** The last metadata version that touched it: its ETag. */
  readonly version: number;
};

/** What one service needs: its own objects, and those of others that its lookups name (for mirrors, expand and filter). */
export type ModuleSchema = {
  readonly module: string;
  readonly version: number;
  readonly objects: readonly ObjectDefinition[];
  readonly foreign: readonly ObjectDefinition[];
  /** Of its own objects those to which records of other modules refer, and which modules these are. */
  readonly referredBy?: { readonly [object: string]: readonly string[] };
};
