import type { LayoutDefinition } from '#platform/kernel/model.ts';
import { apiName } from '../api/metadata.ts';
import type { RecordForm } from './record-form.ts';

/** Whether the server refused what the page does not show: it must still be read. */
export function hasUnseenErrors({ object, errors, fieldAt }: RecordForm, layout: LayoutDefinition | undefined): boolean {
  const items = (layout?.sections ?? []).flatMap((section) => section.items);
  const ids = new Set(items.flatMap((item) => ('field' in item ? [item.field] : [])));
  const shown = object.fields.filter((field) => ids.has(field.id) && fieldAt(field) !== null);
  const names = new Set(shown.flatMap((field) => [field.name, apiName(field)]));
  return Object.keys(errors).some((path) => !names.has(path.split('.')[0] ?? ''));
}
