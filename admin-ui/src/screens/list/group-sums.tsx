import { Table } from '@mantine/core';
import type { Field } from '#admin-ui/src/api/metadata.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { formatDecimal } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import type { Sums } from './use-groups.ts';

/** How many records a group has. */
export function GroupCount({ count }: { readonly count: number }) {
  const { t, language } = useTexts();
  const shown = formatDecimal(String(count), language);
  return (
    <span className="group-count" title={count === 1 ? t('list.countOne') : t('list.count', { count: shown })}>
      {shown}
    </span>
  );
}

type SumProps = { readonly columns: readonly Field[]; readonly summed: readonly Field[]; readonly sums: Sums };

/** A cell of each column: what it comes to, where it adds up. */
export function SumCells({ columns, summed, sums }: SumProps) {
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
