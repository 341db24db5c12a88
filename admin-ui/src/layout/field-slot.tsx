import { Text } from '@mantine/core';
import { apiName, type Field } from '../api/metadata.ts';
import { useFieldUis } from '../fields/field-ui.ts';
import { useTexts } from '../i18n/index.ts';
import type { RecordForm } from './record-form.ts';

type Props = {
  readonly field: Field;
  readonly form: RecordForm;
  readonly canEdit: boolean;
  readonly columns?: readonly string[] | undefined;
  readonly errors: { readonly [path: string]: string };
};

/** One field of a page: an input where the caller may write, its value where not. */
export function FieldSlot({ field, form, canEdit, columns, errors }: Props) {
  const ui = useFieldUis()(field);
  const value = form.values[apiName(field)];
  const isOpen = canEdit && field.editable;
  if (!isOpen && field.type !== 'children') return <ShownValue field={field} form={form} error={form.errors[apiName(field)]} />;
  return (
    <ui.Input
      field={isOpen ? field : { ...field, editable: false }}
      value={value}
      record={form.values}
      error={errorOf(form, field)}
      errors={errors}
      columns={columns}
      onChange={(next) => form.set(field, next)}
      onChosen={(chosen) => form.set(field, chosen?.['id'] ?? null, chosen)}
    />
  );
}

/** What is wrong with the whole value, or with a part of it such as the country of an address. Rows tell theirs themselves. */
function errorOf({ errors }: RecordForm, field: Field): string | undefined {
  const own = errors[apiName(field)] ?? errors[field.name];
  if (own !== undefined || field.type === 'children') return own;
  return Object.entries(errors).find(([path]) => path.startsWith(`${apiName(field)}.`))?.[1];
}

type Shown = { readonly field: Field; readonly form: RecordForm; readonly error: string | undefined };

function ShownValue({ field, form, error }: Shown) {
  const { say, t } = useTexts();
  const { Cell, Reading = Cell } = useFieldUis()(field);
  const value = form.values[apiName(field)];
  const isEmpty = value === null || value === undefined || value === '';
  return (
    <div>
      <div className="value-label">{say(field.label)}</div>
      <div className="value">
        {isEmpty ? (
          <span className="value-empty" title={t('field.empty')}>
            –
          </span>
        ) : (
          <Reading field={field} value={value} record={form.values} />
        )}
      </div>
      {error !== undefined && (
        <Text size="xs" c="red" role="alert">
          {error}
        </Text>
      )}
    </div>
  );
}
