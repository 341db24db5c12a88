import { ActionIcon, Anchor, Menu, Skeleton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronDown, IconEyeOff, IconFilter, IconPencil } from '@tabler/icons-react';
import type { CustomCellRendererProps, CustomHeaderProps } from 'ag-grid-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { apiName, useMe, useObject, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { recordTitle } from '#admin-ui/src/api/titles.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { titleOf } from '#admin-ui/src/fields/record-title.ts';
import { OFFERED_OPERATORS } from '#admin-ui/src/fields/operators.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

/** What a cell is told beside its row. The first column leads to the record. */
export type CellParameters = { readonly object: BusinessObject; readonly column_: Field; readonly isTitle: boolean };

/** A value in the list; a bar while its page is on its way. */
export function ListCell({ data, object, column_: field, isTitle }: CustomCellRendererProps<RecordValues> & CellParameters) {
  const uis = useFieldUis();
  if (!data) return <Skeleton height={9} width={isTitle ? '70%' : '50%'} radius="xl" />;
  if (isTitle) return <TitleCell object={object} field={field} data={data} />;
  const { Cell } = uis(field);
  return <Cell field={field} value={data[apiName(field)]} record={data} />;
}

type TitleProps = { readonly object: BusinessObject; readonly field: Field; readonly data: RecordValues };

/** The way to the record. Without a value of its own the column says what the record is called, quietly. */
export function TitleCell({ object, field, data }: TitleProps) {
  const { t } = useTexts();
  const { Cell } = useFieldUis()(field);
  const target = useObject(field.target ?? (field.type === 'user' ? 'user' : undefined));
  const value = data[apiName(field)];
  const isReference = field.type === 'lookup' || field.type === 'user';
  const isMissing = value === null || value === undefined || value === '';
  const spare = isReference ? titleOf(target, data[field.name]) : recordTitle(object, data);
  return (
    <Anchor
      inherit
      className={isMissing ? 'cell-title cell-spare' : 'cell-title'}
      renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: object.name, id: textOf(data['id']) }} />}
    >
      {isMissing || isReference ? spare || t('list.untitled') : <Cell field={field} value={value} record={data} />}
    </Anchor>
  );
}

/** The head of the boxes that tick a record, for those who hear the table. */
export function TickHead() {
  const { t } = useTexts();
  return <span className="sr-only">{t('list.ticked')}</span>;
}

/** What headers do. The grid is given it once, so it leads to what is in force when it is used. */
export type GridActions = {
  readonly current: {
    readonly onSort: (sort: string) => void;
    readonly onHide: (field: Field) => void;
    readonly onFilter: (field: Field) => void;
    readonly headerEnd: ReactNode;
  };
};

/** What a header is told beside its column. `sortName` is missing where records cannot be sorted by it. */
export type HeadParameters = {
  readonly object: BusinessObject;
  readonly column_: Field;
  readonly direction: 'asc' | 'desc' | undefined;
  readonly sortName: string | undefined;
  readonly canHide: boolean;
};

/** A column's name: a click sorts, its menu does the rest. */
export function ListHead(props: CustomHeaderProps<RecordValues, GridActions> & HeadParameters) {
  const { t, say } = useTexts();
  const { administrator } = useMe();
  const { object, column_: field, direction, sortName, canHide, displayName, context } = props;
  const sort = (to: 'asc' | 'desc'): void => context.current.onSort(`${to === 'desc' ? '-' : ''}${sortName ?? ''}`);
  const isNumber = useFieldUis()(field).isNumber === true;
  const Arrow = direction === 'desc' ? IconArrowDown : IconArrowUp;
  return (
    <div className="list-head" data-number={isNumber || undefined}>
      <span
        className="list-head-name"
        aria-hidden={false}
        {...(sortName === undefined ? {} : { onClick: () => sort(direction === 'asc' ? 'desc' : 'asc'), title: t('columns.sort') })}
      >
        {displayName}
        {direction && <Arrow size={13} aria-hidden />}
      </span>
      <Menu position="bottom-start" width={210} withinPortal>
        <Menu.Target>
          <ActionIcon
            className="list-head-menu"
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('columns.menu', { field: say(field.label) })}
          >
            <IconChevronDown size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {sortName !== undefined && (
            <>
              <Menu.Item leftSection={<IconArrowUp size={15} aria-hidden />} onClick={() => sort('asc')}>
                {t('columns.ascending')}
              </Menu.Item>
              <Menu.Item leftSection={<IconArrowDown size={15} aria-hidden />} onClick={() => sort('desc')}>
                {t('columns.descending')}
              </Menu.Item>
            </>
          )}
          {(OFFERED_OPERATORS[field.type] ?? field.type === 'relatedValue') && (
            <Menu.Item leftSection={<IconFilter size={15} aria-hidden />} onClick={() => context.current.onFilter(field)}>
              {t('columns.filter')}
            </Menu.Item>
          )}
          {canHide && (
            <Menu.Item leftSection={<IconEyeOff size={15} aria-hidden />} onClick={() => context.current.onHide(field)}>
              {t('columns.hide')}
            </Menu.Item>
          )}
          {administrator && field.system !== true && (
            <Menu.Item
              leftSection={<IconPencil size={15} aria-hidden />}
              renderRoot={(given) => (
                <Link
                  {...given}
                  to="/settings/objects/$object"
                  params={{ object: object.name }}
                  search={{ tab: 'fields', field: field.name }}
                />
              )}
            >
              {t('columns.edit')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** The end of the header. */
export function HeaderEnd({ context }: CustomHeaderProps<RecordValues, GridActions>) {
  return <>{context.current.headerEnd}</>;
}
