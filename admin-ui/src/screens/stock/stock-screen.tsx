import { Button, Checkbox, Select, Skeleton } from '@mantine/core';
import { useDebouncedValue, useThrottledCallback } from '@mantine/hooks';
import { IconPackages } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useLive } from '#admin-ui/src/api/live.ts';
import { useObject, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { FROM_THE_FIRST, stockPage, warehousesOf, type StockedProduct, type Warehouse } from '#admin-ui/src/api/stock.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Empty } from '#admin-ui/src/ui/empty.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { NotThere } from '#admin-ui/src/ui/not-there.tsx';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { SearchInput } from '#admin-ui/src/ui/search-input.tsx';
import { StockDrawer } from './stock-drawer.tsx';
import { StockTable } from './stock-table.tsx';
import '#admin-ui/src/styles/stock.css';

/** Movements come in bursts: at most so often is everything read again. */
const REFRESH_EVERY = 2000;

/** All that is in stock: products down, warehouses across. */
export function StockScreen() {
  const { t } = useTexts();
  const items = useObject('stock_item');
  const products = useObject('product');
  const warehouses = useObject('warehouse');
  if (!items || !products || !warehouses) return <NotThere title={t('notThere.page')} text={t('failure.noPage')} />;
  return <Stock items={items} products={products} warehouses={warehouses} />;
}

type Objects = { readonly items: BusinessObject; readonly products: BusinessObject; readonly warehouses: BusinessObject };

/** What is looked at: a product, and the warehouse it is in. */
type Opened = { readonly product: string; readonly warehouse: string };

function Stock({ items, products, warehouses }: Objects) {
  const { t, say } = useTexts();
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const [isLow, setLow] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['stock'] });
  useLive(items, useThrottledCallback(refresh, REFRESH_EVERY));
  const places = useQuery({ queryKey: ['warehouses', 'active'], queryFn: ({ signal }) => warehousesOf(warehouses, signal) });
  const pages = useInfiniteQuery({
    queryKey: ['stock', 'list', q, isLow],
    queryFn: ({ pageParam, signal }) => stockPage({ products, items }, { q, isLow, cursor: pageParam }, signal),
    initialPageParam: FROM_THE_FIRST.cursor,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const all = places.data ?? [];
  const shown = all.length === 1 ? all : all.filter(({ id }) => chosen === null || id === chosen);
  const rows = pages.data?.pages.flatMap((page) => page.products) ?? [];
  const product = rows.find(({ id }) => id === opened?.product);
  const failed = places.isError ? places : pages.isError ? pages : null;
  return (
    <Page title={say(items.pluralLabel)} icon={<IconPackages size={24} stroke={1.7} aria-hidden />} actions={<AsList />}>
      <Tools products={products} typed={typed} onTyped={setTyped} warehouses={all} chosen={chosen} onChosen={setChosen}>
        <Checkbox label={t('stock.onlyLow')} checked={isLow} onChange={(event) => setLow(event.currentTarget.checked)} />
      </Tools>
      {failed && <Failure error={failed.error} onRetry={() => void failed.refetch()} />}
      {(places.isPending || pages.isPending) && <Skeleton height={260} radius="md" aria-label={t('loading')} />}
      {pages.data && places.data && rows.length === 0 && <Nothing isSearch={q !== ''} isLow={isLow} />}
      {places.data && rows.length > 0 && (
        <div className="card stock-rows">
          <StockTable items={items} rows={rows} warehouses={shown} onOpen={(of, warehouse) => setOpened({ product: of, warehouse })} />
        </div>
      )}
      {pages.hasNextPage && (
        <Button mt="sm" variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('stock.more')}
        </Button>
      )}
      <Looked
        product={product}
        items={items}
        warehouses={warehouses}
        all={all}
        warehouse={opened?.warehouse}
        onWarehouse={(warehouse) => setOpened((now) => now && { ...now, warehouse })}
        onClose={() => setOpened(null)}
        onDone={refresh}
      />
    </Page>
  );
}

type LookedProps = {
  readonly product: StockedProduct | undefined;
  readonly items: BusinessObject;
  readonly warehouses: BusinessObject;
  readonly all: readonly Warehouse[];
  readonly warehouse: string | undefined;
  readonly onWarehouse: (warehouse: string) => void;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

function Looked({ product, all, warehouse: id, ...props }: LookedProps) {
  const warehouse = all.find((one) => one.id === id);
  return product && warehouse ? <StockDrawer {...props} product={product} all={all} warehouse={warehouse} /> : null;
}

function Nothing({ isSearch, isLow }: { readonly isSearch: boolean; readonly isLow: boolean }) {
  const { t } = useTexts();
  const icon = <IconPackages size={36} stroke={1.4} aria-hidden />;
  if (isLow) return <Empty icon={icon} title={t('stock.noneLow')} text={t(isSearch ? 'stock.notFound' : 'stock.noneLowText')} />;
  return <Empty icon={icon} title={t('stock.none')} text={t(isSearch ? 'stock.notFound' : 'stock.noneText')} />;
}

function AsList() {
  const { t } = useTexts();
  return (
    <Button variant="default" renderRoot={(props) => <Link {...props} to="/o/$object" params={{ object: 'stock_item' }} search={{}} />}>
      {t('stock.asList')}
    </Button>
  );
}

type ToolsProps = {
  readonly products: BusinessObject;
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
  readonly warehouses: readonly Warehouse[];
  readonly chosen: string | null;
  readonly onChosen: (warehouse: string | null) => void;
  readonly children: ReactNode;
};

function Tools({ products, typed, onTyped, warehouses, chosen, onChosen, children }: ToolsProps) {
  const { t, say } = useTexts();
  return (
    <div className="page-head list-tools" role="toolbar" aria-label={t('list.tools')}>
      <SearchInput label={t('list.search', { objects: say(products.pluralLabel) })} value={typed} onChange={onTyped} />
      {warehouses.length > 1 && (
        <Select
          aria-label={t('stock.allWarehouses')}
          placeholder={t('stock.allWarehouses')}
          data={warehouses.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen}
          onChange={onChosen}
          clearable
          searchable
          w={210}
        />
      )}
      {children}
    </div>
  );
}
