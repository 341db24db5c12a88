import { Button, Skeleton, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { apiName, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { formatDecimal } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { TitleCell } from './list-cells.tsx';
import { GROUPS_MAX, useGroupRows, useGroups, type Group, type Sums } from './use-groups.ts';
import type { List } from './use-list.ts';

type Props = { readonly object: BusinessObject; readonly list: List; readonly by: Field };

/** A table in groups: each with its number and sums, its records read when it is opened. */
export function GroupedTable({ object, list, by }: Props) {
  const { t, say } = useTexts();
  const groups = useGroups({ object, list, by });
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const others = list.shown.columns.filter((field) => field.id !== by.id);
  const columns = others.length > 0 ? others : list.shown.columns;
  const toggle = (key: string): void =>
    setOpen((before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]));
  const lead = Math.max(1, firstSummed(columns, groups.summed));
  if (groups.error !== null) return <Failure error={groups.error} onRetry={groups.retry} />;
  return (
    <div className="list-grid list-groups">
      <div className="list-groups-head">
        {groups.isPartial && <span className="dim">{t('group.partial', { count: GROUPS_MAX })}</span>}
        <Button size="compact-xs" variant="subtle" disabled={open.size === 0} onClick={() => setOpen(new Set())}>
          {t('group.closeAll')}
        </Button>
      </div>
      <DataTable label={t('group.table', { objects: say(object.pluralLabel), field: say(by.label) })} minWidth={160 + columns.length * 120}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((field) => (
              <Head key={field.id} field={field} list={list} />
            ))}
          </Table.Tr>
        </Table.Thead>
        {groups.isPending && (
          <Table.Tbody>
            <Table.Tr>
              <Table.Td colSpan={columns.length}>
                <Skeleton height={10} />
              </Table.Td>
            </Table.Tr>
          </Table.Tbody>
        )}
        {groups.groups.map((group) => {
          const isOpen = open.has(group.key);
          return (
            <Table.Tbody key={group.key}>
              <Table.Tr className="group-row">
                <Table.Th colSpan={lead} scope="rowgroup">
                  <UnstyledButton className="group-toggle" aria-expanded={isOpen} onClick={() => toggle(group.key)}>
                    {isOpen ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
                    <GroupName by={by} group={group} />
                    <Count count={group.count} />
                  </UnstyledButton>
                </Table.Th>
                <SumCells columns={columns.slice(lead)} summed={groups.summed} sums={group.sums} />
              </Table.Tr>
              {isOpen && <GroupRows object={object} list={list} by={by} columns={columns} group={group} />}
            </Table.Tbody>
          );
        })}
        {groups.total && (
          <Table.Tfoot>
            <Table.Tr className="group-row">
              <Table.Th colSpan={lead} scope="row">
                {t('group.total')} <Count count={groups.total.count} />
              </Table.Th>
              <SumCells columns={columns.slice(lead)} summed={groups.summed} sums={groups.total.sums} />
            </Table.Tr>
          </Table.Tfoot>
        )}
      </DataTable>
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

function GroupName({ by, group }: { readonly by: Field; readonly group: Group }) {
  const { t } = useTexts();
  const { Cell } = useFieldUis()(by);
  if (group.value === null || group.value === '') return <span className="dim">{t('group.empty')}</span>;
  // The way to a record would stand in the button that opens the group: its name is enough.
  if (by.type === 'lookup' || by.type === 'user') return <span>{group.title || t('list.untitled')}</span>;
  return <Cell field={by} value={group.value} record={{ [by.name]: group.value }} />;
}

function Count({ count }: { readonly count: number }) {
  const { t, language } = useTexts();
  const shown = formatDecimal(String(count), language);
  return (
    <span className="group-count" title={count === 1 ? t('list.countOne') : t('list.count', { count: shown })}>
      {shown}
    </span>
  );
}

type SumProps = { readonly columns: readonly Field[]; readonly summed: readonly Field[]; readonly sums: Sums };

function SumCells({ columns, summed, sums }: SumProps) {
  const uis = useFieldUis();
  return columns.map((field) => {
    const { Cell } = uis(field);
    const figures = !summed.includes(field)
      ? []
      : sums.plain && field.name in sums.plain
        ? [sums.plain]
        : sums.byCurrency.filter((one) => one[field.name] !== null);
    return (
      <Table.Td key={field.id} className="line-number">
        {figures.map((figure, index) => (
          <div key={index}>
            {figure[field.name] === null ? null : <Cell field={field} value={textOf(figure[field.name])} record={figure} />}
          </div>
        ))}
      </Table.Td>
    );
  });
}

type RowsProps = Props & { readonly columns: readonly Field[]; readonly group: Group };

function GroupRows({ object, list, by, columns, group }: RowsProps) {
  const { t } = useTexts();
  const uis = useFieldUis();
  const rows = useGroupRows({ object, list, by }, group.value);
  const records = (rows.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <>
      {rows.isError && (
        <Table.Tr>
          <Table.Td colSpan={columns.length}>
            <Failure error={rows.error} onRetry={() => void rows.refetch()} />
          </Table.Td>
        </Table.Tr>
      )}
      {rows.isPending && (
        <Table.Tr>
          <Table.Td colSpan={columns.length}>
            <Skeleton height={10} width="60%" />
          </Table.Td>
        </Table.Tr>
      )}
      {records.map((record) => (
        <Table.Tr key={textOf(record['id'])}>
          {columns.map((field, index) => {
            const { Cell, isNumber } = uis(field);
            return (
              <Table.Td key={field.id} className={isNumber === true ? 'line-number' : index === 0 ? 'group-first' : ''}>
                {index === 0 ? (
                  <TitleCell object={object} field={field} data={record} />
                ) : (
                  <Cell field={field} value={record[apiName(field)]} record={record} />
                )}
              </Table.Td>
            );
          })}
        </Table.Tr>
      ))}
      {rows.hasNextPage && (
        <Table.Tr>
          <Table.Td colSpan={columns.length}>
            <Button size="compact-sm" variant="subtle" loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
              {t('group.more')}
            </Button>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}
