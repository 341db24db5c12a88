import { NumberInput, Select, Switch } from '@mantine/core';
import type { RelatedItem } from '#platform/kernel/model.ts';
import { useObject, useObjects } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { listableFields, sortName } from '#admin-ui/src/screens/list/list-query.ts';
import { ColumnChooser } from './column-chooser.tsx';

/** Of a list of related records: its columns, its order, and how many are shown at first. */
export function RelatedProperties({
  item,
  onChange,
}: {
  readonly item: RelatedItem;
  readonly onChange: (item: RelatedItem, typing?: string) => void;
}) {
  const { t, say } = useTexts();
  const objects = useObjects();
  const object = useObject(item.object);
  if (!object) return null;
  const find = (name: string) => objects.find((one) => one.name === name);
  const sortable = listableFields(object).filter((field) => field.state !== 'retired' && sortName(field, find) === field.name);
  const { sort, limit: _limit, columns: _columns, ...rest } = item;
  const others = { ...(item.columns ? { columns: item.columns } : {}), ...(item.limit === undefined ? {} : { limit: item.limit }) };
  return (
    <>
      <ColumnChooser
        object={object}
        columns={item.columns}
        onChange={(columns) => {
          const { columns: _former, ...bare } = item;
          onChange(columns ? { ...bare, columns } : bare);
        }}
      />
      <Select
        label={t('layout.sortBy')}
        placeholder={t('layout.newestFirst')}
        clearable
        data={sortable.map((field) => ({ value: field.id, label: say(field.label) }))}
        value={sort?.field ?? null}
        onChange={(field) => onChange({ ...rest, ...others, ...(field === null ? {} : { sort: { field } }) })}
      />
      {sort && (
        <Switch
          label={t('layout.descending')}
          checked={sort.descending === true}
          onChange={(event) =>
            onChange({ ...rest, ...others, sort: { field: sort.field, ...(event.currentTarget.checked ? { descending: true } : {}) } })
          }
        />
      )}
      <NumberInput
        label={t('layout.limit')}
        min={1}
        max={50}
        allowDecimal={false}
        placeholder="8"
        value={item.limit ?? ''}
        onChange={(value) => {
          const { limit: _former, ...bare } = item;
          const limit = Number(value);
          onChange(value === '' || limit < 1 || limit > 50 ? bare : { ...bare, limit }, `limit ${item.object} ${item.field}`);
        }}
      />
    </>
  );
}
