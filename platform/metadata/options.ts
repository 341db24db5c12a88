import { isRecord } from '#platform/kernel/is-record.ts';
import type { Condition, Option } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { problem, under, type Problem } from './definition-errors.ts';
import { labelFromName, readLabel, type Language } from './label.ts';
import { unstorable } from './text-check.ts';

/** Colours given in turn to options that name none. */
const PALETTE = ['blue', 'green', 'orange', 'grape', 'cyan', 'red', 'lime', 'indigo', 'teal', 'pink', 'yellow', 'violet', 'gray'] as const;

/** How options are read: the language of bare labels, and the options that were there. */
export type OptionsContext = { readonly language: Language; readonly before?: readonly Option[] | undefined };

/**
 * The options that an incoming list means: a bare string is a key and its own label. A key that was there and is left out is
 * retired, not removed: records that hold it stay readable.
 */
export function readOptions(
  values: readonly unknown[],
  context: OptionsContext,
): { options: readonly Option[]; problems: readonly Problem[] } {
  const before = new Map((context.before ?? []).map((option) => [option.key, option]));
  const read = values.map((value, position) => readOption(value, { position, before, language: context.language }));
  const options = read.flatMap((one) => (one.option ? [one.option] : []));
  const kept = new Set(options.map((option) => option.key));
  const left = [...before.values()].filter((option) => !kept.has(option.key));
  const retired = left.map(({ own: _own, ...option }) => ({ ...option, retired: true }));
  const problems = [...read.flatMap((one, position) => under(`/options/${position}`, one.problems)), ...duplicates(options)];
  return { options: [...options, ...retired], problems };
}

type OptionContext = {
  readonly position: number;
  readonly before: ReadonlyMap<string, Option>;
  readonly language: Language;
};

function readOption(value: unknown, context: OptionContext): { option?: Option; problems: readonly Problem[] } {
  const given = isRecord(value) ? value : { key: value };
  const key = typeof given['key'] === 'string' ? given['key'].trim() : '';
  const wrong = key === '' ? 'An option needs a key.' : unstorable(key);
  if (wrong !== null) return { problems: [problem('/key', 'key', wrong)] };
  const before = context.before.get(key);
  const named = given['label'] ?? before?.label ?? (isRecord(value) ? labelFromName(key) : key);
  const { label, problems } = readLabel(named, {
    language: context.language,
    before: before?.label,
    pointer: '/label',
    maxLength: 80,
  });
  if (!label) return { problems };
  const color =
    typeof given['color'] === 'string' ? given['color'] : (before?.color ?? PALETTE[context.position % PALETTE.length] ?? 'gray');
  const isAside = (given['aside'] ?? before?.aside) === true;
  const when = Object.hasOwn(given, 'visibleWhen') ? (given['visibleWhen'] ?? undefined) : before?.visibleWhen;
  const marks = { ...(given['retired'] === true ? { retired: true } : {}), ...(isAside ? { aside: true } : {}) };
  // The type's schema has seen that it is an object; what it says is checked with the other conditions.
  const condition = when === undefined ? {} : { visibleWhen: trusted<Condition>(when) };
  return { option: { key, label, color, ...marks, ...condition }, problems: [] };
}

function duplicates(options: readonly Option[]): readonly Problem[] {
  const seen = new Set<string>();
  return options.flatMap((option, position) => {
    const same = option.key.toLowerCase();
    if (!seen.has(same)) return seen.add(same) && [];
    return [problem(`/options/${position}`, 'duplicate', `The option "${option.key}" is there twice.`)];
  });
}
