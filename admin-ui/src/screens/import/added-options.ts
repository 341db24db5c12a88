import type { FieldDefinition, Option, OptionList } from '#platform/kernel/model.ts';
import { keyFrom } from '../objects/option-draft.ts';

/** A field, and what rows have for it that no option is called. */
export type NoOption<F extends Choice = Choice> = { readonly field: F; readonly texts: readonly string[] };

type Choice = Pick<FieldDefinition, 'id' | 'options' | 'optionList'>;

type Change = { readonly [part: string]: unknown };

/** A list that fields share grows where it is kept, once for all of them; options of its own in the field. */
export function addedOptions(
  object: { readonly id: string },
  named: readonly NoOption[],
  lists: readonly Pick<OptionList, 'name' | 'options'>[],
): readonly Change[] {
  const own = named.filter(({ field }) => field.optionList === undefined);
  const shared = Map.groupBy(named, ({ field }) => field.optionList ?? '');
  return [
    ...own.map(({ field, texts }) => {
      const set = { options: grown(field.options ?? [], texts) };
      return { kind: 'changeField', object: object.id, field: field.id, set };
    }),
    ...lists.flatMap(({ name, options }) => {
      const texts = new Set((shared.get(name) ?? []).flatMap((one) => one.texts));
      return texts.size === 0 ? [] : [{ kind: 'changeOptionList', optionList: name, set: { options: grown(options, [...texts]) } }];
    }),
  ];
}

function grown(known: readonly Option[], texts: readonly string[]): readonly Option[] {
  return texts.reduce((all, text) => [...all, { key: freeKey(text, all), label: { en: text } }], known);
}

function freeKey(text: string, taken: readonly { readonly key: string }[]): string {
  const wanted = keyFrom(text) || 'option';
  for (let n = 1; ; n += 1) {
    const key = n === 1 ? wanted : `${wanted}_${n}`;
    if (!taken.some((one) => one.key === key)) return key;
  }
}
