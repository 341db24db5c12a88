import { optionsSetting } from '#platform/kernel/field-types/select.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { Option, OptionList } from '#platform/kernel/model.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { problem, schemaProblems, under, type Problem } from './definition-errors.ts';
import { labelFromName, labelSchema, readLabel, type Language } from './label.ts';
import { objectNameProblem } from './naming.ts';
import { listedOptions, type OptionLists } from './option-lists.ts';
import { readOptions } from './options.ts';
import { compileSchema } from './schema-compiler.ts';

/** Settings of a list, as JSON Schema properties. */
export const LIST_SETTINGS = { name: { type: 'string' }, label: labelSchema, options: optionsSetting } as const;

const checkSettings = compileSchema({
  type: 'object',
  properties: LIST_SETTINGS,
  required: ['name', 'options'],
  additionalProperties: false,
});

type Read = { readonly list?: OptionList; readonly problems: readonly Problem[] };

/** Checks a definition of a list. An option that was there and is left out is retired, as in a field: records keep it. */
export function readOptionList(input: unknown, context: { readonly language: Language; readonly before?: OptionList | undefined }): Read {
  const { language, before } = context;
  if (!isRecord(input)) return { problems: [problem('', 'type', 'An option list has name, label and options.')] };
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined));
  const shape = schemaProblems(checkSettings(given), Object.keys(LIST_SETTINGS));
  if (shape.length > 0) return { problems: shape };
  const name = plainText(given['name']);
  const wrong = objectNameProblem(name);
  const fallback = before?.label ?? labelFromName(name);
  const label = readLabel(given['label'] ?? fallback, { language, before: before?.label, pointer: '/label', maxLength: 120 });
  const values: readonly unknown[] = Array.isArray(given['options']) ? given['options'] : [];
  const { options, problems } = readOptions(values, { language, before: before?.options });
  const all = [
    ...(wrong === null ? [] : [problem('/name', 'name', `The name ${wrong}.`)]),
    ...label.problems,
    ...problems,
    ...values.flatMap((value, position) => under(`/options/${position}`, conditionProblems(value))),
  ];
  return all.length > 0
    ? { problems: all }
    : { list: { name, label: label.label ?? fallback, options, version: before?.version ?? 0 }, problems: [] };
}

function conditionProblems(option: unknown): readonly Problem[] {
  if (!isRecord(option) || (option['visibleWhen'] ?? null) === null) return [];
  return [problem('/visibleWhen', 'condition', 'When an option is offered is said by each field that uses the list: its record decides.')];
}

/** What a field says about the list that it uses. */
export type Listed = { readonly name: string; readonly given: unknown; readonly before: readonly Option[] | undefined };

/** The options of a field that uses a list. The field itself says of an option no more than when it is offered. */
export function readListed(
  lists: OptionLists,
  { name, given, before = [] }: Listed,
): { options?: readonly Option[]; problems: readonly Problem[] } {
  const list = lists.get(name);
  if (!list)
    return { problems: [problem('/optionList', 'reference', `There is no option list "${name.slice(0, 60)}"${near(name, lists)}`)] };
  const values: readonly unknown[] = Array.isArray(given) ? given : [];
  const known = new Set([...list.options, ...before].map((option) => option.key));
  const problems = values.flatMap((value, position) => under(`/options/${position}`, listedProblems(list, value, known)));
  const conditions = values.filter(isRecord).filter((value) => (value['visibleWhen'] ?? null) !== null);
  // The type's schema has seen that they are objects; what they say is checked with the other conditions.
  const own = [...before.map(({ visibleWhen: _condition, ...option }) => option), ...trusted<readonly Option[]>(conditions)];
  return { options: listedOptions(list, own), problems };
}

function listedProblems(list: OptionList, value: unknown, known: ReadonlySet<string>): readonly Problem[] {
  const key = plainText(isRecord(value) ? value['key'] : value);
  const isOwn = !isRecord(value) || Object.keys(value).some((name) => name !== 'key' && name !== 'visibleWhen');
  if (isOwn)
    return [
      problem(
        '',
        'optionList',
        `The options come from the list ${list.label.en} ("${list.name}"), which says what "${key.slice(0, 80)}" is. Change it there, or give the field its own options with "optionList": null. Here, send {key, visibleWhen}.`,
      ),
    ];
  return known.has(key)
    ? []
    : [problem('/key', 'reference', `The list ${list.label.en} has no option "${key.slice(0, 80)}"; add it there.`)];
}

function near(name: string, lists: OptionLists): string {
  const found = nearest(name, lists.keys());
  return found === undefined ? '.' : `; did you mean "${found}"?`;
}
