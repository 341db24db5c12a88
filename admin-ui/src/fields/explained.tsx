import { ActionIcon, Popover, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { BusinessObject, Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { useTexts } from '../i18n/index.ts';
import { rowsOf } from './line-rows.ts';
import { RowTable } from './row-table.tsx';

type Props = {
  readonly object: BusinessObject;
  readonly field: Field;
  readonly row: RecordValues;
  readonly record: RecordValues;
  readonly children: ReactNode;
};

/** A value with a button beside it that tells how it came about, where its field says so and there is something to tell. */
export function Explained({ object, field, row, record, children }: Props) {
  const { t, say } = useTexts();
  const by = object.fields.find((one) => one.name === field.explainedBy || one.id === field.explainedBy);
  const steps = by ? rowsOf(row[by.name]) : [];
  if (!by?.rowFields || steps.length === 0) return children;
  return (
    <div className="explained">
      {children}
      <Popover position="bottom-end" withArrow shadow="md" width={440} trapFocus returnFocus>
        <Popover.Target>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('field.explain', { field: say(field.label) })}>
            <IconInfoCircle size={14} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown aria-label={say(by.label)}>
          <Text size="sm" fw={600} mb={6}>
            {say(by.label)}
          </Text>
          <RowTable rowFields={by.rowFields} rows={steps} record={record} />
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
