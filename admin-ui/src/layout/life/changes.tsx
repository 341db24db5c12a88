import { Stack, Text } from '@mantine/core';
import type { FieldChange } from '#admin-ui/src/api/beside.ts';
import { apiName, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useRecordTitle } from '#admin-ui/src/fields/record-title.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

const SHOWN = 8;

type Props = { readonly object: BusinessObject; readonly record: RecordValues; readonly changes: readonly FieldChange[] };

/** Which fields changed from what to what. */
export function Changes({ object, record, changes }: Props) {
  const { t } = useTexts();
  const known = knownChanges(object, changes);
  return (
    <Stack gap={3} mt={2}>
      {known.slice(0, SHOWN).map((change) => (
        <Change key={change.field.id} field={change.field} record={record} before={change.old} after={change.new} />
      ))}
      {known.length > SHOWN && (
        <Text className="timeline-change" c="dimmed">
          {t('history.others', { count: known.length - SHOWN })}
        </Text>
      )}
    </Stack>
  );
}

/** The changes of fields that people know; what the platform keeps of every record goes without saying. */
export function knownChanges(object: BusinessObject, changes: readonly FieldChange[]) {
  return changes.flatMap((change) => {
    const field = object.fields.find((one) => apiName(one) === change.field || one.name === change.field);
    return field && field.system !== true && !isKeptAside(object, field) ? [{ ...change, field }] : [];
  });
}

/** Whether only the platform writes a field and no page of the object shows it: what it keeps for itself, such as how far it has followed a record elsewhere. */
function isKeptAside({ layouts }: BusinessObject, { id, readOnly, type }: Field): boolean {
  const pages = layouts.filter(({ sections = [] }) => sections.length > 0);
  const isPlaced = pages.some(({ sections = [] }) =>
    sections.some(({ items }) => items.some((item) => 'field' in item && item.field === id)),
  );
  return readOnly === true && type !== 'status' && pages.length > 0 && !isPlaced;
}

type ChangeProps = { readonly field: Field; readonly record: RecordValues; readonly before: unknown; readonly after: unknown };

function Change({ field, record, before, after }: ChangeProps) {
  const { say, t } = useTexts();
  const isLong = field.type === 'children' || field.type === 'longText' || field.type === 'json';
  return (
    <div className="timeline-change">
      <span className="dim">{say(field.label)}</span>{' '}
      {isLong ? (
        t('history.changed')
      ) : (
        <>
          {before !== null && before !== undefined && (
            <>
              <del>
                <Value field={field} value={before} record={record} />
              </del>
              <span aria-hidden> → </span>
            </>
          )}
          <ins>{after === null || after === undefined ? t('field.empty') : <Value field={field} value={after} record={record} />}</ins>
        </>
      )}
    </div>
  );
}

/** Amounts in the currency that the record has now. */
function Value({ field, value, record }: { readonly field: Field; readonly value: unknown; readonly record: RecordValues }) {
  const { Cell } = useFieldUis()(field);
  if (field.type === 'lookup' || field.type === 'user') return <ReferenceValue field={field} id={textOf(value)} />;
  return <Cell field={field} value={value} record={record} />;
}

function ReferenceValue({ field, id }: { readonly field: Field; readonly id: string }) {
  return <>{useRecordTitle(field.target ?? 'user', id) || id.slice(0, 8)}</>;
}
