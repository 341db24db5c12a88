import type { Product } from '#metadata/records.gen.ts';
import { exact, plain } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues, type FieldError } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';

/** What a product's other units hold, as other services take it along; each is named once and holds something. */
export const deriveUnits = defineHook<Product, Record<string, never>>({
  object: 'product',
  name: 'deriveUnits',
  derive: (draft) => {
    const { unit } = draft;
    const units = draft.units ?? [];
    const named = [unit ?? '', ...units.map(({ name }) => name)].map((name) => name.trim().toLowerCase());
    const errors = units.flatMap(({ name, factor }, index): readonly FieldError[] => {
      if (named.indexOf(named[index + 1] ?? '') <= index) return [fault(index, 'name', namedTwice(name))];
      return exact(factor).gt(0) ? [] : [fault(index, 'factor', NOTHING)];
    });
    if (errors.length > 0) throw invalidValues(errors);
    return { unitFactors: units.length === 0 ? null : units.map(({ name, factor }) => ({ unit: name, factor: plain(factor) })) };
  },
});

const NOTHING: Sentence = { en: 'A unit holds more than nothing, such as 12.', de: 'Eine Einheit enthält mehr als nichts, etwa 12.' };

function namedTwice(name: string): Sentence {
  return { en: `The product has the unit “${name}” already.`, de: `Das Produkt hat die Einheit „${name}“ schon.` };
}

function fault(index: number, field: 'name' | 'factor', sentence: Sentence): FieldError {
  return faultAt({ pointer: `/units/${index}/${field}`, field, rule: 'unit' }, sentence);
}
