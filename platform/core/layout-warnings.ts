import { pageOf, unaskedFields } from '#platform/kernel/layouts.ts';
import type { Label, LayoutDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { sentence } from '#platform/kernel/sentence.ts';

/** What people could not do with a layout. It is no refusal: a program may give what the page does not ask for. */
export function layoutWarnings(object: ObjectDefinition, layout: LayoutDefinition): readonly Label[] {
  const unasked = unaskedFields(object.fields, layout).map((field) =>
    sentence(
      (of) => `${of(field)} is required and has no default, and the page for new records does not ask for it: nobody can create one there.`,
      (of) =>
        `${of(field)} ist Pflicht und hat keine Vorgabe, und die Seite für neue Datensätze fragt nicht danach: Dort kann niemand einen anlegen.`,
    ),
  );
  return isEmpty(layout)
    ? [
        sentence(
          () => EMPTY.en,
          () => EMPTY.de,
        ),
        ...unasked,
      ]
    : unasked;
}

const EMPTY = { en: 'Nothing is placed on the page.', de: 'Auf der Seite steht nichts.' };

function isEmpty(layout: LayoutDefinition): boolean {
  if (pageOf(layout) === undefined) return false;
  return (layout.sections ?? []).every((section) => section.items.length === 0) && (layout.columns ?? []).length === 0;
}
