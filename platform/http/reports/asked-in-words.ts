import { queryRecords } from '#platform/data/save/facts.ts';
import { titleFieldOf } from '#platform/data/search.ts';
import type { Store } from '#platform/data/store.ts';
import type { PrintableReport } from '#platform/documents/print-report.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { InputField } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import { inputName } from '#platform/metadata/command-input.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';

/** What was asked of a report as people say it: records by their titles, as far as the caller may read them, options by their labels. */
export async function inWords(
  store: Store,
  caller: Caller,
  { fields, input, language }: { readonly fields: readonly InputField[]; readonly input: RecordValues; readonly language: 'en' | 'de' },
): Promise<PrintableReport['parameters']> {
  const said = fields.map(async (field) => {
    const value = input[inputName(field)];
    if (value === undefined || value === null || value === '') return [];
    const text = option(field, value, language) ?? (await wordFor(store, caller, field, value));
    return text === null ? [] : [{ label: field.label, type: field.type, value: text }];
  });
  return (await Promise.all(said)).flat();
}

function option({ options }: InputField, value: unknown, language: 'en' | 'de'): string | undefined {
  const label = options?.find(({ key }) => key === value)?.label;
  return label && (label[language] ?? label.en);
}

async function wordFor(store: Store, caller: Caller, field: InputField, value: unknown): Promise<string | null> {
  if (field.type === 'lookup' && field.target !== undefined) return titleOf(store, caller, field.target, plainText(value));
  if (field.type === 'boolean') return value === true ? '✓' : null;
  return plainText(value);
}

async function titleOf(store: Store, caller: Caller, name: string, id: string): Promise<string | null> {
  const index = store.schema();
  const object = index.byName.get(name) ?? index.foreign.get(name);
  const title = object && caller.permissions.on(object).read ? titleFieldOf(object) : null;
  if (!title) return null;
  const source = { index, query: store.database.read, system: systemCaller(store.module.name) };
  const [record] = await queryRecords(source, name, { filter: { id }, fields: apiNameOf(title), limit: 1 });
  return record ? plainText(record[apiNameOf(title)] ?? '') : null;
}
