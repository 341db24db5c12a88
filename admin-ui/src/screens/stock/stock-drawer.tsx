import { Anchor, Drawer, Group, Select, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import type { Held, StockedProduct, Warehouse } from '#admin-ui/src/api/stock.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { CommandButtons } from '#admin-ui/src/layout/commands.tsx';
import { useCommands } from '#admin-ui/src/layout/use-commands.tsx';
import { HeldByOrders } from './held-by-orders.tsx';
import { isLow, Low } from './stock-table.tsx';
import { StockMovements } from './stock-movements.tsx';

type Props = {
  readonly product: StockedProduct;
  readonly warehouse: Warehouse;
  readonly all: readonly Warehouse[];
  readonly items: BusinessObject;
  readonly warehouses: BusinessObject;
  readonly onWarehouse: (warehouse: string) => void;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** A product in a warehouse: its figures, the orders that hold it, what came and went; receive and count it. */
export function StockDrawer({ product, warehouse, all, items, warehouses, onWarehouse, onClose, onDone }: Props) {
  const { t, say } = useTexts();
  const held = product.held.find(({ warehouseId }) => warehouseId === warehouse.id);
  const commands = useCommands({
    object: warehouses,
    record: warehouse,
    isDirty: false,
    onDone,
    given: { values: { productId: product.id }, text: t('stock.in', { product: product.name, warehouse: warehouse.name }) },
  });
  const onStock = commands.offered.filter(
    ({ command, reason }) => reason === null && command.input?.some(({ name }) => name === 'product') === true,
  );
  return (
    <>
      <Drawer
        opened
        onClose={onClose}
        position="right"
        size={760}
        title={product.name}
        closeOnEscape={commands.dialog === null}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <Stack>
          <Group justify="space-between" align="end">
            <Select
              label={say(items.fields.find(({ name }) => name === 'warehouse')?.label)}
              data={all.map(({ id, name }) => ({ value: id, label: name }))}
              value={warehouse.id}
              allowDeselect={false}
              onChange={(id) => id !== null && onWarehouse(id)}
            />
            <Group gap="xs">
              <CommandButtons commands={commands} buttons={onStock} />
            </Group>
          </Group>
          {held ? <Details held={held} items={items} /> : <Text size="sm">{t('stock.never')}</Text>}
        </Stack>
      </Drawer>
      {commands.dialog}
    </>
  );
}

const FIGURES: readonly string[] = ['onHand', 'reserved', 'available', 'reorderLevel', 'value'];

function Details({ held, items }: { readonly held: Held; readonly items: BusinessObject }) {
  const { t, say } = useTexts();
  const uis = useFieldUis();
  const figures = FIGURES.flatMap((name) => items.fields.find((field) => field.name === name) ?? []);
  return (
    <>
      <dl className="approval-figures">
        {figures.map((field) => {
          const { Cell } = uis(field);
          const value = held[field.name];
          return (
            <div key={field.id}>
              <dt className="dim">{say(field.label)}</dt>
              <dd>{value === null || value === undefined ? '–' : <Cell field={field} value={value} record={held} />}</dd>
            </div>
          );
        })}
      </dl>
      <Group justify="space-between">
        {isLow(held) ? <Low held={held} /> : <span />}
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: items.name, id: held.id }} />}>
          {t('stock.item')}
        </Anchor>
      </Group>
      <HeldByOrders item={held.id} />
      <StockMovements item={held.id} />
    </>
  );
}
