import { sentence } from '#platform/kernel/sentence.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { FieldDefinition, LayoutDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { FIELDS_MAX } from '#platform/metadata/cross-check.ts';
import { readField } from '#platform/metadata/definition.ts';
import { problem, refuseProblems } from '#platform/metadata/definition-errors.ts';
import { generateLayout } from '#platform/metadata/generated-layouts.ts';
import { withoutAlias } from '#platform/metadata/rename.ts';
import { cannot, objectOf, put, putChecked, type Draft, type StepResult } from '../draft.ts';

const SHOWN = ['detail', 'create', 'list'] as const;
type Shown = (typeof SHOWN)[number];

/** A new custom field, at the end of its object, seen by administrators and the roles that its access names. */
export function addField(draft: Draft, change: { readonly object: string; readonly field: unknown }): StepResult {
  const object = objectOf(draft, change.object);
  refuseClosed(object);
  const { show, ...definition } = isRecord(change.field) ? change.field : { show: undefined };
  const shown = readShow(show);
  const read = readField(isRecord(change.field) ? definition : change.field, {
    language: draft.language,
    isChild: object.parent !== undefined,
    hasCommands: object.commands.length > 0,
    lists: draft.lists,
  });
  refuseProblems(read.problems);
  if (!read.draft) throw new Error('A definition without problems has a draft');
  const id = draft.newId();
  const field: FieldDefinition = {
    access: { read: [], edit: [] },
    ...read.draft,
    id,
    column: `c_${id}`,
    state: 'active',
    custom: true,
  };
  const freed = withoutAlias(object, field.name);
  const added = putChecked(draft, { ...freed, fields: [...freed.fields, field] }, `/fields/${field.name}`);
  put(draft, { ...added, layouts: placed(draft, added, { field, shown, before: object }) });
  return {
    facts: [{ type: 'FieldAdded', object: object.name, field: field.name }],
    summary: sentence(
      (of) => `Field ${of(field)} added to ${of(object)}`,
      (of) => `Feld ${of(field)} zu ${of(object)} hinzugefügt`,
    ),
    object: object.id,
  };
}

/** Objects that take no more fields. */
function refuseClosed(object: ObjectDefinition): void {
  if (object.state === 'retired')
    throw cannot(
      'wrong_state',
      sentence(
        (of) => `${of(object)} is retired; restore it first.`,
        (of) => `${of(object)} ist stillgelegt; stellen Sie es zuerst wieder her.`,
      ),
    );
  if (object.storedBy !== undefined)
    throw cannot(
      'wrong_state',
      sentence(
        (of) => `${of(object)} has no fields of your own: what the event store keeps is sealed as it is.`,
        (of) => `${of(object)} kann keine eigenen Felder haben: was der Ereignisspeicher enthält, ist so versiegelt.`,
      ),
    );
  if (object.fields.length >= FIELDS_MAX)
    throw cannot(
      'limit_reached',
      sentence(
        (of) => `${of(object)} has ${object.fields.length} fields; ${FIELDS_MAX} is the limit. Drop retired ones to make room.`,
        (of) =>
          `${of(object)} hat ${object.fields.length} Felder; mehr als ${FIELDS_MAX} gehen nicht. Löschen Sie stillgelegte, um Platz zu schaffen.`,
      ),
    );
}

function readShow(show: unknown): readonly Shown[] {
  if (show === undefined || show === null) return ['detail', 'create'];
  const given: readonly unknown[] = Array.isArray(show) ? show : [show];
  refuseProblems(
    given.flatMap((one, position) => (isShown(one) ? [] : [problem(`/show/${position}`, 'enum', `"show" takes ${SHOWN.join(', ')}.`)])),
  );
  return given.filter(isShown);
}

function isShown(value: unknown): value is Shown {
  return SHOWN.some((one) => one === value);
}

type Placing = { readonly field: FieldDefinition; readonly shown: readonly Shown[]; readonly before: ObjectDefinition };

/**
 * The layouts with the field where it is wanted. A generated layout that would do by itself what is wanted stays generated;
 * otherwise it becomes a drawn one, as it was, with or without the field.
 */
function placed(draft: Draft, object: ObjectDefinition, placing: Placing): readonly LayoutDefinition[] {
  return object.layouts.map((layout) => {
    const name = SHOWN.find((one) => one === layout.name);
    if (!name) return layout;
    const isWanted = placing.shown.includes(name);
    if (layout.generated !== true) return isWanted ? withField(layout, placing.field) : layout;
    if (holds(layout, placing.field) === isWanted) return layout;
    const { generated: _generated, ...drawn } = generateLayout(name, placing.before, [...draft.objects.values()]);
    return isWanted ? withField(drawn, placing.field) : drawn;
  });
}

function holds(layout: LayoutDefinition, field: FieldDefinition): boolean {
  const items = (layout.sections ?? []).flatMap((section) => section.items);
  return layout.columns?.includes(field.id) === true || items.some((item) => 'field' in item && item.field === field.id);
}

/** The layout with the field at the end: of its columns, or of its last section of fields. */
function withField(layout: LayoutDefinition, field: FieldDefinition): LayoutDefinition {
  if (layout.columns) return field.type === 'children' ? layout : { ...layout, columns: [...layout.columns, field.id] };
  const sections = layout.sections ?? [];
  if (field.type === 'children')
    return {
      ...layout,
      sections: [...sections, { id: field.id, label: field.label, columns: 1, items: [{ kind: 'children', field: field.id }] }],
    };
  const item = { kind: 'field', field: field.id } as const;
  const last = sections.findLastIndex(
    (section) => section.id !== 'record' && section.items.length > 0 && section.items.every((one) => one.kind === 'field'),
  );
  if (last < 0) return { ...layout, sections: [...sections, { id: 'more', columns: 2, items: [item] }] };
  return {
    ...layout,
    sections: sections.map((section, position) => (position === last ? { ...section, items: [...section.items, item] } : section)),
  };
}
