import { isRecord } from '#platform/kernel/is-record.ts';
import type {
  CommandDefinition,
  FieldDefinition,
  InputField,
  Label,
  LayoutDefinition,
  ObjectDefinition,
  PrintedAs,
} from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { readField, type FieldDraft } from './definition.ts';
import { featureFields, readObject, type ObjectDraft } from './definition-object.ts';
import { under, type Problem } from './definition-errors.ts';
import { readLabel } from './label.ts';
import { readInputSettings } from './line-input.ts';
import { snakeCase } from './naming.ts';
import type { FileProblem, ObjectFiles } from './standard-files.ts';
import { systemFields } from './system-fields.ts';

/** An object from its object.json: ids, columns and system fields resolved; layouts, views and access come later. */
export function readStandardObject(files: ObjectFiles): { object?: ObjectDefinition; problems: readonly FileProblem[] } {
  const at = (problems: readonly Problem[]) =>
    problems.map((one): FileProblem => ({ file: `${files.folder}/object.json`, pointer: one.pointer, message: one.message }));
  if (!isRecord(files.object)) return { problems: at([{ pointer: '', rule: 'type', message: 'An object is a JSON object.' }]) };
  const { $schema: _schema, fields: fieldList, commands: commandList, document, ...settings } = files.object;
  const read = readObject(settings, { language: 'en' });
  if (!read.draft) return { problems: at(read.problems) };
  const { draft } = read;
  const inputs = Array.isArray(commandList) ? commandList.filter(isRecord) : [];
  const commands = inputs.map(readCommand);
  const fields = (Array.isArray(fieldList) ? fieldList : []).map((input: unknown) =>
    readStandardField(input, { object: draft.name, isChild: draft.parent !== undefined, hasCommands: commands.length > 0 }),
  );
  const printed = readPrinted(document, inputs);
  const problems = [
    ...misplaced(files, draft),
    ...fields.flatMap((one, position) => under(`/fields/${position}`, one.problems)),
    ...commands.flatMap((one, position) => under(`/commands/${position}`, one.problems)),
    ...printed.problems,
  ];
  if (problems.length > 0) return { problems: at(problems) };
  const own = fields.flatMap((one) => (one.field ? [one.field] : []));
  return {
    object: {
      ...wholeObject(
        draft,
        own,
        commands.flatMap((one) => (one.command ? [one.command] : [])),
      ),
      ...(printed.document ? { document: printed.document } : {}),
    },
    problems: [],
  };
}

/** What the object is printed as. The file's schema has checked the types; the commands that issue it must be there. */
function readPrinted(
  input: unknown,
  commands: readonly { readonly [key: string]: unknown }[],
): { document?: PrintedAs; problems: readonly Problem[] } {
  if (!isRecord(input)) return { problems: [] };
  const { label, problems } = readLabel(input['label'], { language: 'en', pointer: '/document/label', maxLength: 120 });
  const issuedBy = (Array.isArray(input['issuedBy']) ? input['issuedBy'] : []).map(String);
  const unknown = issuedBy.filter((name) => !commands.some((command) => command['name'] === name));
  const wrong = unknown.map((name) => ({ pointer: '/document/issuedBy', rule: 'unknown', message: `There is no command "${name}".` }));
  return { ...(label ? { document: { label, issuedBy } } : {}), problems: [...problems, ...wrong] };
}

function misplaced(files: ObjectFiles, draft: ObjectDraft): readonly Problem[] {
  const place = `${draft.module}/${draft.name}`;
  return files.folder === place ? [] : [{ pointer: '/name', rule: 'name', message: `${place} must stand in the folder of that name.` }];
}

function wholeObject(draft: ObjectDraft, own: readonly FieldDefinition[], commands: readonly CommandDefinition[]): ObjectDefinition {
  const { name, parent, features } = draft;
  const implied = featureFields(features, new Set(own.map((field) => field.name)), name.slice(0, 2).toUpperCase());
  return {
    ...draft,
    id: name,
    table: name,
    state: 'active',
    titleField: draft.titleField ?? 'name',
    fields: [...systemFields({ id: name, parent, features }), ...implied.map((field) => placed(name, field)), ...own],
    commands,
    access: {},
    layouts: [],
    views: [],
    version: 0,
  };
}

type Owner = { readonly object: string; readonly isChild: boolean; readonly hasCommands: boolean };

function readStandardField(input: unknown, owner: Owner): { field?: FieldDefinition; problems: readonly Problem[] } {
  if (!isRecord(input)) return { problems: [{ pointer: '', rule: 'type', message: 'A field is a JSON object.' }] };
  const { id, aliases, ...definition } = input;
  const { draft, problems } = readField(definition, {
    language: 'en',
    isChild: owner.isChild,
    hasCommands: owner.hasCommands,
  });
  if (!draft) return { problems };
  const former = Array.isArray(aliases) ? { aliases: aliases.map(String) } : {};
  return {
    field: placed(owner.object, { ...draft, ...former }, typeof id === 'string' ? id : undefined),
    problems: [],
  };
}

/** A field with its identity: the column follows the name in the id, so that a rename that keeps the id keeps the column. */
function placed(object: string, draft: FieldDraft, id = `${object}.${draft.name}`): FieldDefinition {
  return { ...draft, id, column: snakeCase(id.slice(id.indexOf('.') + 1)), state: 'active' };
}

/** The file's schema has checked the types of a command's settings. */
function readCommand(input: { readonly [key: string]: unknown }): {
  command?: CommandDefinition;
  problems: readonly Problem[];
} {
  const { label, confirm, input: inputs, ...settings } = input;
  const labels = {
    label: readLabel(label, { language: 'en', pointer: '/label', maxLength: 120 }),
    ...(confirm === undefined ? {} : { confirm: readLabel(confirm, { language: 'en', pointer: '/confirm', maxLength: 1000 }) }),
  };
  const fields = (Array.isArray(inputs) ? inputs : []).filter(isRecord).map(readInput);
  const problems = [
    ...labels.label.problems,
    ...(labels.confirm?.problems ?? []),
    ...fields.flatMap((one, position) => under(`/input/${position}`, one.problems)),
  ];
  if (problems.length > 0) return { problems };
  const confirmed = labels.confirm?.label ? { confirm: labels.confirm.label } : {};
  const drafts: readonly InputField[] = fields.flatMap((one) => (one.draft ? [one.draft] : []));
  return {
    command: trusted<CommandDefinition>({
      ...settings,
      label: labels.label.label,
      ...confirmed,
      ...(drafts.length > 0 ? { input: drafts } : {}),
    }),
    problems: [],
  };
}

function readInput(input: { readonly [key: string]: unknown }): { draft?: InputField; problems: readonly Problem[] } {
  const { lines: _lines, asked: _asked, ...field } = input;
  const { draft, problems } = readField(field, { language: 'en', isChild: false, hasCommands: false });
  return draft ? { draft: { ...draft, ...readInputSettings(input) }, problems } : { problems };
}

/** The object with its German texts (labels.de.json) merged in. A text for a name that is not there is ignored: files may lead or lag. */
export function inGerman(object: ObjectDefinition, labels: unknown): ObjectDefinition {
  if (!isRecord(labels)) return object;
  const german: German = {
    fields: part(labels, 'fields'),
    options: part(labels, 'options'),
    commands: part(labels, 'commands'),
    sections: part(labels, 'sections'),
    tabs: part(labels, 'tabs'),
    layouts: part(labels, 'layouts'),
    views: part(labels, 'views'),
  };
  return {
    ...object,
    label: withGerman(object.label, labels['label']),
    pluralLabel: withGerman(object.pluralLabel, labels['pluralLabel']),
    fields: object.fields.map((field) => germanField(field, german)),
    commands: object.commands.map((command) => germanCommand(command, part(german.commands, command.name))),
    layouts: object.layouts.map((layout) => germanLayout(layout, german)),
    views: object.views.map((view) => ({ ...view, label: withGerman(view.label, german.views[view.name]) })),
  };
}

type Texts = { readonly [name: string]: unknown };
type German = {
  readonly fields: Texts;
  readonly options: Texts;
  readonly commands: Texts;
  readonly sections: Texts;
  readonly tabs: Texts;
  readonly layouts: Texts;
  readonly views: Texts;
};

function part(texts: Texts, name: string): Texts {
  const found = Object.hasOwn(texts, name) ? texts[name] : undefined;
  return isRecord(found) ? found : {};
}

function germanLayout(layout: LayoutDefinition, german: German): LayoutDefinition {
  const labelled = <T extends { readonly id: string; readonly label?: Label }>(of: T, texts: Texts): T =>
    of.label ? { ...of, label: withGerman(of.label, texts[of.id]) } : of;
  return {
    ...layout,
    ...(layout.label ? { label: withGerman(layout.label, german.layouts[layout.name]) } : {}),
    ...(layout.tabs ? { tabs: layout.tabs.map((tab) => labelled(tab, german.tabs)) } : {}),
    ...(layout.sections ? { sections: layout.sections.map((section) => labelled(section, german.sections)) } : {}),
  };
}

function germanField(field: FieldDefinition, german: German): FieldDefinition {
  const texts = part(german.fields, field.name);
  const options = part(german.options, field.name);
  return {
    ...field,
    label: withGerman(field.label, texts['label']),
    ...(field.help ? { help: withGerman(field.help, texts['help']) } : {}),
    ...(field.options
      ? {
          options: field.options.map((option) => ({ ...option, label: withGerman(option.label, options[option.key]) })),
        }
      : {}),
  };
}

function germanCommand(command: CommandDefinition, texts: Texts): CommandDefinition {
  const inputs = part(texts, 'input');
  return {
    ...command,
    label: withGerman(command.label, texts['label']),
    ...(command.confirm ? { confirm: withGerman(command.confirm, texts['confirm']) } : {}),
    ...(command.input ? { input: command.input.map((field) => ({ ...field, label: withGerman(field.label, inputs[field.name]) })) } : {}),
  };
}

function withGerman(label: Label, german: unknown): Label {
  return typeof german === 'string' && german.trim() !== '' ? { ...label, de: german.trim() } : label;
}
