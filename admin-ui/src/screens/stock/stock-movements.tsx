import { Anchor, Button, Table, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useObject, useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { FROM_THE_FIRST, movementPage, type Movement } from '#admin-ui/src/api/stock.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';

const SOURCES: readonly string[] = ['delivery_note', 'return_note'];
const COLUMNS: readonly string[] = ['at', 'kind', 'quantity', 'onHandAfter', 'value'];

/** What came and went, the newest first, each with the document that it comes from. */
export function StockMovements({ item }: { readonly item: string }) {
  const movements = useObject('stock_movement');
  return movements ? <Movements item={item} movements={movements} /> : null;
}

function Movements({ item, movements }: { readonly item: string; readonly movements: BusinessObject }) {
  const { t, say } = useTexts();
  const uis = useFieldUis();
  const sources = useObjects().filter(({ name }) => SOURCES.includes(name));
  const query = useInfiniteQuery({
    queryKey: ['stock', 'movements', item],
    queryFn: ({ pageParam, signal }) => movementPage({ movements, sources }, { item, cursor: pageParam }, signal),
    initialPageParam: FROM_THE_FIRST.cursor,
    getNextPageParam: (page) => page.next,
  });
  const columns = COLUMNS.flatMap((name) => movements.fields.find((field) => field.name === name) ?? []);
  const source = movements.fields.find((field) => field.name === 'document');
  const sideOf = (field: (typeof columns)[number]) => (uis(field).isNumber === true ? 'end' : 'start');
  return (
    <section className="stock-moves" aria-label={t('stock.movements')}>
      <Title order={3} size="h5" mb={4}>
        {t('stock.movements')}
      </Title>
      {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      <DataTable label={t('stock.movements')} minWidth={560} isDense>
        <Table.Thead>
          <Table.Tr>
            {columns.map((field) => (
              <Table.Th key={field.id} ta={sideOf(field)}>
                {say(field.label)}
              </Table.Th>
            ))}
            <Table.Th>{say(source?.label)}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {query.data?.pages
            .flatMap((page) => page.items)
            .map((movement) => (
              <Table.Tr key={movement.id}>
                {columns.map((field) => {
                  const { Cell } = uis(field);
                  return (
                    <Table.Td key={field.id} ta={sideOf(field)}>
                      <Cell field={field} value={movement[field.name]} record={movement} />
                    </Table.Td>
                  );
                })}
                <Table.Td>
                  <Source movement={movement} />
                </Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </DataTable>
      {query.hasNextPage && (
        <Button mt="xs" size="compact-sm" variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('stock.more')}
        </Button>
      )}
    </section>
  );
}

/** The document of a movement, or what somebody wrote who received or counted. */
function Source({ movement: { document, source, reference } }: { readonly movement: Movement }) {
  const { t } = useTexts();
  if (document === null || source === null) return <>{reference ?? <span className="dim">{t('stock.byHand')}</span>}</>;
  return (
    <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: source.object, id: document }} />}>
      {source.title}
    </Anchor>
  );
}
