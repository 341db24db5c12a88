import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { fieldsTogether } from '#platform/metadata/unique-together.ts';
import type { Fit } from '../draft.ts';

/** What the owning service has to look at when an object is to hold new rules of uniqueness: rows that are there twice by them. */
export function togetherFits(before: ObjectDefinition, after: ObjectDefinition): readonly Fit[] {
  const had = new Set(rulesOf(before).map(({ key }) => key));
  return rulesOf(after)
    .filter(({ key }) => !had.has(key))
    .flatMap(({ fields }) => {
      const [first] = fields;
      const together = fields.map((field) => field.id);
      return first ? [{ module: after.module, object: after.name, before: first, after: first, together, mustFit: true }] : [];
    });
}

function rulesOf(object: ObjectDefinition) {
  return (object.uniqueTogether ?? []).flatMap((names) => {
    const fields = fieldsTogether(object, names);
    return fields ? [{ fields, key: fields.map((field) => field.id).join(' ') }] : [];
  });
}
