import { Anchor, Button, Group, Table, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RelatedItem } from '#platform/kernel/model.ts';
import { apiName, fieldById, useObject, useObjects, type BusinessObject, type Field } from '../api/metadata.ts';
import { queryRecords, type RecordValues } from '../api/records.ts';
import { useFieldUis } from '../fields/field-ui.ts';
import { textOf } from '../fields/input-frame.ts';
import { useTexts } from '../i18n/index.ts';
import { TitleCell } from '../screens/list/list-cells.tsx';
import { listQuery } from '../screens/list/list-query.ts';
import { useLayout } from './use-layout.ts';

/** How many records and columns are shown where a layout does not say. */
const SHOWN = 8;
const COLUMNS = 6;

type Props = Pick<RelatedItem, 'object' | 'field' | 'columns' | 'sort' | 'limit'> & {
  readonly id: string;
  /** The heading or tab that it stands under: it does not say the same again. */
  readonly under: string;
};

/** Records of another object that refer to this one: the first of them, as a rule the newest, and the way to all. */
export function RelatedList(props: Props) {
  const object = useObject(props.object);
  const field = object && fieldById(object, props.field);
  return object && field ? <WithColumns {...props} of={object} by={field} /> : null;
}

function WithColumns({ of: object, by: field, ...props }: Props & { readonly of: BusinessObject; readonly by: Field }) {
  const list = useLayout(object, 'list');
  const known = (ids: readonly string[]): readonly Field[] =>
    ids.flatMap((one) => fieldById(object, one) ?? []).filter((one) => one.id !== field.id);
  const columns = props.columns ? known(props.columns) : known(list?.columns ?? []).slice(0, COLUMNS);
  const sorted = props.sort && fieldById(object, props.sort.field);
  const sort = sorted ? `${props.sort?.descending === true ? '-' : ''}${sorted.name}` : '-createdAt';
  return (
    <Known id={props.id} object={object} field={field} columns={columns} sort={sort} limit={props.limit ?? SHOWN} under={props.under} />
  );
}

type KnownProps = {
  readonly id: string;
  readonly object: BusinessObject;
  readonly field: Field;
  readonly columns: readonly Field[];
  readonly sort: string;
  readonly limit: number;
  readonly under: string;
};

function Known({ id, object, field, columns, sort, limit, under }: KnownProps) {
  const { t, say } = useTexts();
  const objects = useObjects();
  const filter = { [apiName(field)]: { eq: id } };
  const find = (name: string) => objects.find((one) => one.name === name);
  const { sort: _sort, ...query } = listQuery(object, { columns, sort: '', filter }, { state: {}, find });
  const answer = useQuery({
    queryKey: ['related', object.name, field.id, id, query.fields, sort, limit],
    queryFn: ({ signal }) => queryRecords(object, { ...query, limit, sort }, signal),
  });
  const rows = answer.data?.items ?? [];
  return (
    <div>
      <Group justify="space-between" mb={6} mt={4}>
        {under === say(object.pluralLabel) ? <span /> : <Title order={3}>{say(object.pluralLabel)}</Title>}
        {object.permissions.create && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} aria-hidden />}
            renderRoot={(props) => (
              <Link {...props} to="/o/$object/new" params={{ object: object.name }} search={{ values: { [apiName(field)]: id } }} />
            )}
          >
            {t('list.new', { object: say(object.label) })}
          </Button>
        )}
      </Group>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {answer.isError ? answer.error.message : answer.isPending ? '…' : t('related.none')}
        </Text>
      ) : (
        <RelatedTable object={object} columns={columns} rows={rows} />
      )}
      {typeof answer.data?.next === 'string' && (
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link
              {...props}
              to="/o/$object"
              params={{ object: object.name }}
              search={{ filter, ...(sort === '-createdAt' ? {} : { sort }) }}
            />
          )}
        >
          {t('related.all')}
        </Anchor>
      )}
    </div>
  );
}

type TableProps = { readonly object: BusinessObject; readonly columns: readonly Field[]; readonly rows: readonly RecordValues[] };

/** A few records in a plain table, each with the way to its page. */
export function RelatedTable({ object, columns, rows }: TableProps) {
  const { say } = useTexts();
  const uis = useFieldUis();
  return (
    <Table.ScrollContainer minWidth={columns.length * 110} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table aria-label={say(object.pluralLabel)} verticalSpacing={6} withTableBorder>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.id} fz="xs" className="dim" ta={uis(column).isNumber === true ? 'end' : 'start'}>
                {say(column.label)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={textOf(row['id'])}>
              {columns.map((column, index) => {
                const { Cell, isNumber } = uis(column);
                return (
                  <Table.Td key={column.id} className={isNumber === true ? 'line-number' : ''}>
                    {index === 0 ? (
                      <TitleCell object={object} field={column} data={row} />
                    ) : (
                      <Cell field={column} value={row[apiName(column)]} record={row} />
                    )}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
