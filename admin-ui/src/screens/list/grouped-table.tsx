import { Button, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';
import { GroupLevel, type GroupsShown } from './group-level.tsx';
import { GroupCount, SumCells } from './group-sums.tsx';
import { isWhole, type Grouping } from './groupings.ts';
import { moveAmongGroups } from './move-among-groups.ts';
import { useGroupingName } from './use-grouping-name.ts';
import { summedColumns, useGroupTotal } from './use-groups.ts';
import type { List } from './use-list.ts';

type Props = { readonly object: BusinessObject; readonly list: List; readonly levels: readonly [Grouping, ...Grouping[]] };

/** A table in groups, and groups within them: each with its number and sums, what is in it read when it is opened. */
export function GroupedTable({ object, list, levels }: Props) {
  const { t, say } = useTexts();
  const nameOf = useGroupingName();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const others = list.shown.columns.filter((field) => !levels.some((level) => isWhole(level) && level.field.id === field.id));
  const columns = others.length > 0 ? others : list.shown.columns;
  const summed = summedColumns(object, columns);
  const total = useGroupTotal({ object, list, query: list.query }, summed);
  const toggle = (key: string): void =>
    setOpen((before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]));
  const shown: GroupsShown = { columns, summed, lead: Math.max(1, firstSummed(columns, summed.all)), open, toggle };
  return (
    <div className="list-grid list-groups">
      <div className="list-groups-head">
        <Button size="compact-xs" variant="subtle" disabled={open.size === 0} onClick={() => setOpen(new Set())}>
          {t('group.closeAll')}
        </Button>
      </div>
      <div role="presentation" onKeyDown={moveAmongGroups}>
        <DataTable
          label={t('group.table', { objects: say(object.pluralLabel), field: levels.map(nameOf).join(', ') })}
          minWidth={160 + columns.length * 120}
        >
          <Table.Thead>
            <Table.Tr>
              {columns.map((field) => (
                <Head key={field.id} field={field} list={list} />
              ))}
            </Table.Tr>
          </Table.Thead>
          <GroupLevel object={object} list={list} query={list.query} levels={levels} shown={shown} path={[]} />
          {total && (
            <Table.Tfoot>
              <Table.Tr className="group-row">
                <Table.Th colSpan={shown.lead} scope="row">
                  {t('group.total')} <GroupCount count={total.count} />
                </Table.Th>
                <SumCells columns={columns.slice(shown.lead)} summed={summed.all} sums={total.sums} />
              </Table.Tr>
            </Table.Tfoot>
          )}
        </DataTable>
      </div>
    </div>
  );
}

/** How many columns stand before the first that has a sum: the group's name reaches over them. */
function firstSummed(columns: readonly Field[], summed: readonly Field[]): number {
  const at = columns.findIndex((field) => summed.includes(field));
  return at < 0 ? columns.length : at;
}

function Head({ field, list }: { readonly field: Field; readonly list: List }) {
  const { t, say } = useTexts();
  const isNumber = useFieldUis()(field).isNumber === true;
  const sortName = list.sortName(field);
  const direction = list.shown.sort === sortName ? 'asc' : list.shown.sort === `-${sortName ?? ''}` ? 'desc' : undefined;
  const Arrow = direction === 'desc' ? IconArrowDown : IconArrowUp;
  return (
    <Table.Th
      ta={isNumber ? 'end' : 'start'}
      {...(direction === undefined ? {} : { 'aria-sort': direction === 'asc' ? ('ascending' as const) : ('descending' as const) })}
    >
      {sortName === undefined ? (
        say(field.label)
      ) : (
        <UnstyledButton
          className="group-sort"
          title={t('columns.sort')}
          onClick={() => list.change({ sort: direction === 'asc' ? `-${sortName}` : sortName })}
        >
          {say(field.label)}
          {direction && <Arrow size={13} aria-hidden />}
        </UnstyledButton>
      )}
    </Table.Th>
  );
}
