import { Button, Skeleton, Table, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Fragment, type CSSProperties, type ReactNode } from 'react';
import { apiName, type Field } from '#admin-ui/src/api/metadata.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { GroupCount, SumCells } from './group-sums.tsx';
import type { Grouping } from './groupings.ts';
import { TitleCell } from './list-cells.tsx';
import { periodName } from './periods.ts';
import { GROUPS_MAX, useGroupRows, useGroups, withinGroup, type Group, type Grouped, type SummedColumns } from './use-groups.ts';

/** What all levels of a table in groups share: its columns, over how many of them a group's name reaches, and which groups are open. */
export type GroupsShown = {
  readonly columns: readonly Field[];
  readonly summed: SummedColumns;
  readonly lead: number;
  readonly open: ReadonlySet<string>;
  readonly toggle: (key: string) => void;
};

type Props = Grouped & {
  /** What the groups are by, and what those within them are by. */
  readonly levels: readonly [Grouping, ...Grouping[]];
  readonly shown: GroupsShown;
  /** The keys of the groups that it is in. */
  readonly path: readonly string[];
};

/** The groups of one level. Those of the outermost are bodies of the table, the others rows of theirs. */
export function GroupLevel({ levels: [by, next, ...others], shown, path, object, list, query }: Props) {
  const { t } = useTexts();
  const found = useGroups({ object, list, query }, by, shown.summed);
  const Part = path.length === 0 ? Table.Tbody : Fragment;
  const whole = (content: ReactNode): ReactNode => (
    <Part>
      <Table.Tr>
        <Table.Td colSpan={shown.columns.length} style={indent(path.length)}>
          {content}
        </Table.Td>
      </Table.Tr>
    </Part>
  );
  if (found.error !== null) return whole(<Failure error={found.error} onRetry={found.retry} />);
  if (found.isPending) return whole(<Skeleton height={10} />);
  return (
    <>
      {found.groups.map((group) => {
        const inside = [...path, group.key];
        const key = inside.join(' ');
        const isOpen = shown.open.has(key);
        const within = { object, list, query: withinGroup(query, by, group) };
        return (
          <Part key={group.key}>
            <Table.Tr className="group-row">
              <Table.Th colSpan={shown.lead} scope={path.length === 0 ? 'rowgroup' : 'row'} style={indent(path.length)}>
                <UnstyledButton className="group-toggle" data-depth={path.length} aria-expanded={isOpen} onClick={() => shown.toggle(key)}>
                  {isOpen ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
                  <GroupName by={by} group={group} />
                  <GroupCount count={group.count} />
                  {path.length > 0 && <span className="sr-only">{t('group.level', { level: path.length + 1 })}</span>}
                </UnstyledButton>
              </Table.Th>
              <SumCells columns={shown.columns.slice(shown.lead)} summed={shown.summed.all} sums={group.sums} />
            </Table.Tr>
            {isOpen && next !== undefined && <GroupLevel {...within} levels={[next, ...others]} shown={shown} path={inside} />}
            {isOpen && next === undefined && <GroupRows {...within} shown={shown} depth={inside.length} />}
          </Part>
        );
      })}
      {found.isPartial && whole(<span className="dim">{t('group.partial', { count: GROUPS_MAX })}</span>)}
    </>
  );
}

/** What stands within groups is set in by their number. */
function indent(depth: number): CSSProperties {
  return depth === 0 ? {} : { paddingInlineStart: 12 + depth * 22 };
}

function GroupName({ by, group }: { readonly by: Grouping; readonly group: Group }) {
  const { t, language } = useTexts();
  const { field, unit } = by;
  const { Cell } = useFieldUis()(field);
  if (group.value === null || group.value === '') return <span className="dim">{t('group.empty')}</span>;
  if (unit !== undefined) return <span>{periodName(textOf(group.value), unit, language)}</span>;
  // The way to a record would stand in the button that opens the group: its name is enough.
  if (field.type === 'lookup' || field.type === 'user') return <span>{group.title || t('list.untitled')}</span>;
  return <Cell field={field} value={group.value} record={{ [field.name]: group.value }} />;
}

type RowsProps = Grouped & { readonly shown: GroupsShown; readonly depth: number };

function GroupRows({ shown: { columns }, depth, ...within }: RowsProps) {
  const { t } = useTexts();
  const uis = useFieldUis();
  const rows = useGroupRows(within);
  const records = (rows.data?.pages ?? []).flatMap((page) => page.items);
  const whole = (content: ReactNode): ReactNode => (
    <Table.Tr>
      <Table.Td colSpan={columns.length} style={indent(depth)}>
        {content}
      </Table.Td>
    </Table.Tr>
  );
  return (
    <>
      {rows.isError && whole(<Failure error={rows.error} onRetry={() => void rows.refetch()} />)}
      {rows.isPending && whole(<Skeleton height={10} width="60%" />)}
      {records.map((record) => (
        <Table.Tr key={textOf(record['id'])}>
          {columns.map((field, index) => {
            const { Cell, isNumber } = uis(field);
            return (
              <Table.Td
                key={field.id}
                {...(isNumber === true ? { className: 'line-number' } : {})}
                {...(index === 0 ? { style: indent(depth) } : {})}
              >
                {index === 0 ? (
                  <TitleCell object={within.object} field={field} data={record} />
                ) : (
                  <Cell field={field} value={record[apiName(field)]} record={record} />
                )}
              </Table.Td>
            );
          })}
        </Table.Tr>
      ))}
      {rows.hasNextPage &&
        whole(
          <Button size="compact-sm" variant="subtle" loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
            {t('group.more')}
          </Button>,
        )}
    </>
  );
}
