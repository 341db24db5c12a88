import { sentence } from '#platform/kernel/sentence.ts';
import type { FieldDefinition, LayoutDefinition, ObjectDefinition, ViewDefinition } from '#platform/kernel/model.ts';
import { withoutConditionsOn } from '#platform/metadata/condition-shape.ts';
import { keptInLayout, withoutEmptySections } from '#platform/metadata/layout-fields.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { dependantsOf } from '../dependants.ts';
import { refuseRetyping } from './retype.ts';
import { cannot, fieldOf, goingOf, objectOf, put, putChecked, type Draft, type StepResult } from '../draft.ts';

type Named = { readonly object: string; readonly field: string };

/** Takes a field out of use and keeps its data for 30 days. Layouts keep its place for a return; views lose their columns of it. */
export function retireField(draft: Draft, change: Named): StepResult {
  const object = objectOf(draft, change.object);
  const field = fieldOf(object, change.field);
  if (field.state === 'retired') throw cannot('wrong_state', `${field.label.en} is retired already.`);
  refuseRetyping(field);
  refuseRemoval(draft, object, field);
  const retired: FieldDefinition = { ...field, state: 'retired', retiredAt: draft.now };
  putChecked(draft, withoutInViews({ ...object, fields: object.fields.map((one) => (one.id === field.id ? retired : one)) }, field), '');
  return {
    facts: [{ type: 'FieldRetired', object: object.name, field: field.name }],
    summary: sentence(
      (of) => `Field ${of(field)} of ${of(object)} retired`,
      (of) => `Feld ${of(field)} von ${of(object)} stillgelegt`,
    ),
    fits: [goingOf(object, field)],
    object: object.id,
  };
}

/** Brings a retired field back with its data. */
export function restoreField(draft: Draft, change: Named): StepResult {
  const object = objectOf(draft, change.object);
  const field =
    object.fields.find((one) => one.id === change.field) ??
    object.fields.findLast((one) => one.name === change.field && one.state === 'retired') ??
    fieldOf(object, change.field);
  if (field.state !== 'retired')
    throw cannot(
      'wrong_state',
      sentence(
        (of) => `${of(field)} is in use; there is nothing to restore.`,
        (of) => `${of(field)} ist in Gebrauch; es gibt nichts wiederherzustellen.`,
      ),
    );
  const successor = object.fields.find((one) => one.state !== 'retired' && one.name.toLowerCase() === field.name.toLowerCase());
  if (successor)
    throw cannot(
      'conflict',
      sentence(
        (of) => `Another field is called ${successor.name} meanwhile (${of(successor)}). Rename that one first.`,
        (of) => `Inzwischen heißt ein anderes Feld ${successor.name} (${of(successor)}). Benennen Sie zuerst das um.`,
      ),
    );
  const { retiredAt: _retiredAt, ...rest } = field;
  const restored: FieldDefinition = { ...rest, state: 'active' };
  putChecked(draft, { ...object, fields: object.fields.map((one) => (one.id === field.id ? restored : one)) }, '');
  return {
    facts: [{ type: 'FieldRestored', object: object.name, field: field.name }],
    summary: sentence(
      (of) => `Field ${of(field)} of ${of(object)} restored`,
      (of) => `Feld ${of(field)} von ${of(object)} wiederhergestellt`,
    ),
    object: object.id,
  };
}

/** Drops a custom field with its data, for good. */
export function dropField(draft: Draft, change: Named): StepResult {
  const object = objectOf(draft, change.object);
  const field = fieldOf(object, change.field);
  if (field.custom !== true)
    throw cannot(
      'in_use',
      sentence(
        (of) => `${of(field)} is part of ${object.module} and would come back with it. It can be retired.`,
        (of) => `${of(field)} gehört zu ${object.module} und käme mit ihm zurück. Es lässt sich stilllegen.`,
      ),
    );
  refuseRetyping(field);
  if (field.state !== 'retired') refuseRemoval(draft, object, field);
  // Fields in use that ask about it stand in the way; retired ones come back without their question.
  const asking = withoutConditionsOn(object, apiNameOf(field), (one) => one.state === 'retired');
  const without = withoutInViews(asking, field);
  const layouts = without.layouts.map((layout) => withoutInLayout(layout, field.id));
  putChecked(draft, { ...without, layouts, fields: without.fields.filter((one) => one.id !== field.id) }, '');
  for (const other of Array.from(draft.objects.values()))
    if (mentions(other, field.id)) put(draft, { ...other, layouts: other.layouts.map((layout) => withoutInLayout(layout, field.id)) });
  return {
    facts: [{ type: 'FieldDropped', object: object.name, field: field.name }],
    summary: sentence(
      (of) => `Field ${of(field)} of ${of(object)} dropped with its data`,
      (of) => `Feld ${of(field)} von ${of(object)} mit seinen Daten gelöscht`,
    ),
    fits: [goingOf(object, field)],
    object: object.id,
  };
}

/** Refuses what stands on a field that is to go. */
export function refuseRemoval(draft: Draft, object: ObjectDefinition, field: FieldDefinition): void {
  if (field.system === true)
    throw cannot(
      'in_use',
      sentence(
        (of) => `${of(field)} belongs to every record and stays.`,
        (of) => `${of(field)} gehört zu jedem Datensatz und bleibt.`,
      ),
    );
  if (
    field.custom !== true &&
    (field.required === true || field.readOnly === true || field.type === 'status' || field.type === 'children')
  ) {
    throw cannot(
      'in_use',
      sentence(
        (of) => `${of(field)} is written by ${object.module} itself and cannot be retired. It can be taken out of the layouts.`,
        (of) =>
          `${of(field)} wird von ${object.module} selbst geschrieben und lässt sich nicht stilllegen. Es lässt sich aus den Ansichten nehmen.`,
      ),
    );
  }
  const [first, ...more] = dependantsOf([...draft.objects.values()], field).filter((one) => one.isBlocking);
  if (first)
    throw cannot(
      'in_use',
      sentence(
        (of) => `${of(field)} cannot be taken away: ${first.where}${more.length > 0 ? ` (and ${more.length} more)` : ''}.`,
        (of) => `${of(field)} kann nicht weg: ${of(first)} baut darauf auf${more.length > 0 ? ` (und ${more.length} weitere)` : ''}.`,
      ),
    );
}

function mentions(object: ObjectDefinition, fieldId: string): boolean {
  return JSON.stringify(object.layouts).includes(JSON.stringify(fieldId));
}

/** The object whose views do not show a field. */
export function withoutInViews(object: ObjectDefinition, field: FieldDefinition): ObjectDefinition {
  return { ...object, views: object.views.map((view) => withoutInView(view, field)) };
}

function withoutInView(view: ViewDefinition, field: FieldDefinition): ViewDefinition {
  const names = new Set([field.name, apiNameOf(field)]);
  const isOf = (path: string) => names.has(path.trim().replace(/^-/, '').split('.')[0] ?? '');
  const sort = view.sort
    ?.split(',')
    .filter((part) => !isOf(part))
    .join(',');
  const { sort: _sort, group, ...rest } = view;
  return {
    ...rest,
    ...(view.columns ? { columns: view.columns.filter((path) => !isOf(path)) } : {}),
    ...(sort ? { sort } : {}),
    ...(group === undefined || isOf(group) ? {} : { group }),
  };
}

function withoutInLayout(layout: LayoutDefinition, fieldId: string): LayoutDefinition {
  return withoutEmptySections(keptInLayout(layout, (id) => id !== fieldId));
}
