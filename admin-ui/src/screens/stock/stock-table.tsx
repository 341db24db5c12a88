import { Badge, Table, UnstyledButton } from '@mantine/core';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import type { Held, StockedProduct, Warehouse } from '#admin-ui/src/api/stock.ts';
import { compareDecimals, sumOfDecimals } from '#admin-ui/src/fields/exact.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { formatDecimal } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';

/** Of more warehouses the sums alone are shown; one is chosen to see into it. */
const ACROSS_MAX = 8;
const FIGURES: readonly string[] = ['onHand', 'reserved', 'available', 'value'];

type Props = {
  readonly items: BusinessObject;
  readonly rows: readonly StockedProduct[];
  readonly warehouses: readonly Warehouse[];
  readonly onOpen: (product: string, warehouse: string) => void;
};

/** Products down; across what all shown warehouses hold together, and what is available in each. */
export function StockTable({ items, rows, warehouses, onOpen }: Props) {
  const { say } = useTexts();
  const across = warehouses.length > 1 && warehouses.length <= ACROSS_MAX ? warehouses : [];
  const [only] = warehouses.length === 1 ? warehouses : [];
  const isOneCompany = new Set(warehouses.map(({ companyId }) => companyId)).size <= 1;
  // Amounts of companies that may count in different currencies have no sum.
  const figures = FIGURES.filter((figure) => figure !== 'value' || isOneCompany).flatMap(
    (figure) => items.fields.find(({ name }) => name === figure) ?? [],
  );
  const level = only && items.fields.find(({ name }) => name === 'reorderLevel');
  const product = items.fields.find(({ name }) => name === 'product');
  return (
    <DataTable label={say(items.pluralLabel)} minWidth={300 + (figures.length + across.length) * 110} isDense hasRowHeads>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{say(product?.label)}</Table.Th>
          {[...figures, ...(level ? [level] : [])].map((field) => (
            <Table.Th key={field.id} ta="end">
              {say(field.label)}
            </Table.Th>
          ))}
          {across.map(({ id, name }) => (
            <Table.Th key={id} ta="end">
              {name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => {
          const held = row.held.filter(({ warehouseId }) => warehouses.some(({ id }) => id === warehouseId));
          const first = held.find(isLow) ?? held[0];
          const into = first?.warehouseId ?? warehouses[0]?.id;
          return (
            <Table.Tr key={row.id}>
              <Table.Th scope="row" fw={400}>
                <Named row={row} held={held} onOpen={() => into !== undefined && onOpen(row.id, into)} />
              </Table.Th>
              {figures.map((field) => (
                <Total key={field.id} field={field} held={held} />
              ))}
              {level && <Total field={level} held={held} />}
              {across.map((warehouse) => (
                <Table.Td key={warehouse.id} ta="end">
                  <InWarehouse
                    warehouse={warehouse}
                    held={held.find(({ warehouseId }) => warehouseId === warehouse.id)}
                    onOpen={() => onOpen(row.id, warehouse.id)}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </DataTable>
  );
}

/** Whether less is available than the reorder level asks for. */
export function isLow({ available, reorderLevel }: Held): boolean {
  return reorderLevel !== null && compareDecimals(available ?? '0', reorderLevel) < 0;
}

/** That little is left, and of how much it should have been. */
export function Low({ held }: { readonly held: Held }) {
  const { t, language } = useTexts();
  return (
    <Badge
      color="orange"
      variant="light"
      tt="none"
      size="sm"
      className="stock-low"
      title={t('stock.lowHelp', { level: formatDecimal(held.reorderLevel ?? '0', language) })}
    >
      {t('stock.low')}
    </Badge>
  );
}

type NamedProps = { readonly row: StockedProduct; readonly held: readonly Held[]; readonly onOpen: () => void };

function Named({ row, held, onOpen }: NamedProps) {
  const low = held.find(isLow);
  return (
    <>
      <UnstyledButton className="stock-open" aria-haspopup="dialog" onClick={onOpen}>
        {row.name}
      </UnstyledButton>{' '}
      {low && <Low held={low} />}
      {row.sku !== null && <div className="dim stock-sku">{row.sku}</div>}
    </>
  );
}

/** A figure of the shown warehouses together. */
function Total({ field, held }: { readonly field: Field; readonly held: readonly Held[] }) {
  const { Cell } = useFieldUis()(field);
  const values = held.flatMap((one) => textOf(one[field.name]) || []);
  return (
    <Table.Td ta="end" className="stock-figure">
      {values.length === 0 ? <span className="dim">–</span> : <Cell field={field} value={sumOfDecimals(values)} record={{}} />}
    </Table.Td>
  );
}

type InProps = { readonly warehouse: Warehouse; readonly held: Held | undefined; readonly onOpen: () => void };

function InWarehouse({ warehouse, held, onOpen }: InProps) {
  const { t, language } = useTexts();
  const available = held ? formatDecimal(held.available ?? '0', language) : '–';
  return (
    <>
      {held && isLow(held) && <Low held={held} />}{' '}
      <UnstyledButton
        className="stock-open stock-figure"
        aria-haspopup="dialog"
        aria-label={`${t('stock.restIn', { warehouse: warehouse.name })}: ${available}`}
        onClick={onOpen}
      >
        {available}
      </UnstyledButton>
    </>
  );
}
