import { Button, Group, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type KeyboardEvent } from 'react';
import { allocate, type OpenItem } from '#admin-ui/src/api/allocations.ts';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { AmountInput } from '#admin-ui/src/fields/amount-input.tsx';
import { compareDecimals } from '#admin-ui/src/fields/exact.ts';
import { formatDate, formatMoney } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { ItemLink } from '#admin-ui/src/ui/item-link.tsx';
import { notifyDone } from '#admin-ui/src/ui/notify.tsx';
import { faultOf, filled, NOTHING, openAfter, proposed, restOf, toSend, type Typed, type TypedLines } from './allocation-lines.ts';

type Props = {
  readonly items: BusinessObject;
  readonly item: OpenItem;
  readonly others: readonly OpenItem[];
  readonly onDone: () => void;
};

/**
 * Items down, amount and discount across. Arrows go from row to row, Enter takes as much as there is and goes on, Escape empties the row, Ctrl and Enter
 * allocate: no mouse is needed.
 */
export function AllocationGrid({ items, item, others, onDone }: Props) {
  const { t, language } = useTexts();
  const [typed, setTyped] = useState<TypedLines>({});
  const body = useRef<HTMLTableSectionElement>(null);
  const lines = toSend(others, typed);
  const rest = restOf(item, others, typed);
  const faults = others.map((of) => faultOf(item, others, { typed, of }));
  const send = useMutation({
    mutationFn: () => allocate(items, item, lines),
    onSuccess: () => {
      notifyDone(t('allocate.allocated'));
      onDone();
    },
  });
  const isReady = lines.length > 0 && faults.every((fault) => fault === null);
  const submit = (): void => {
    if (isReady && !send.isPending) send.mutate();
  };
  const change = (id: string, values: Partial<Typed>): void => setTyped({ ...typed, [id]: { ...(typed[id] ?? NOTHING), ...values } });
  const focus = (row: number, column: string): void =>
    body.current?.querySelector<HTMLInputElement>(`[data-row="${row}"][data-column="${column}"]`)?.focus();
  const onKey = (event: KeyboardEvent<HTMLTableSectionElement>): void => {
    const { row, column } = event.target instanceof HTMLInputElement ? event.target.dataset : {};
    const at = Number(row);
    const other = others[at];
    if (!other || column === undefined) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
    else if (event.key === 'Enter') {
      if (column === 'amount' && (typed[other.id]?.amount ?? '') === '') change(other.id, filled(item, other, rest ?? '0'));
      focus(at + 1, column);
    } else if (event.key === 'ArrowDown') focus(at + 1, column);
    else if (event.key === 'ArrowUp') focus(at - 1, column);
    else if (event.key === 'Escape') change(other.id, NOTHING);
    else return;
    event.preventDefault();
  };
  if (others.length === 0) return <Text>{t('allocate.nothingOpen')}</Text>;
  if (compareDecimals(item.open, '0') <= 0) return <Text>{t('allocate.nothingLeft')}</Text>;
  const isForeign = (other: OpenItem): boolean => other.currency !== item.currency;
  const hasForeign = item.kind === 'payment' && others.some(isForeign);
  return (
    <section className="card allocate-part" aria-label={t('allocate.items')}>
      {send.isError && <Failure error={send.error} />}
      <DataTable label={t('allocate.items')} minWidth={760} isDense>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('allocate.document')}</Table.Th>
            <Table.Th>{t('allocate.due')}</Table.Th>
            <Table.Th ta="end">{t('allocate.open')}</Table.Th>
            <Table.Th ta="end">{t('allocate.settles')}</Table.Th>
            {item.kind === 'payment' && <Table.Th ta="end">{t('allocate.discount')}</Table.Th>}
            {hasForeign && <Table.Th ta="end">{t('allocate.paid', { currency: item.currency })}</Table.Th>}
            <Table.Th ta="end">{t('allocate.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody ref={body} onKeyDown={onKey}>
          {others.map((other, row) => {
            const line = typed[other.id] ?? NOTHING;
            const after = openAfter(other, line);
            const fault = faults[row] ?? null;
            const cell = (column: keyof Typed, label: string) => (
              <AmountCell
                row={row}
                column={column}
                label={`${label} ${other.reference ?? ''}`}
                value={line[column]}
                error={fault !== null && (column === 'amount' || fault === 'number') ? t(`allocate.fault.${fault}`) : null}
                onChange={(value) => change(other.id, { [column]: value })}
              />
            );
            return (
              <Table.Tr key={other.id}>
                <Table.Td>
                  <ItemLink id={other.id}>{other.reference ?? t('allocate.untitled')}</ItemLink>
                </Table.Td>
                <Table.Td>{formatDate(other.dueDate ?? other.date, language)}</Table.Td>
                <Table.Td className="line-number">{formatMoney(other.open, other.currency, language)}</Table.Td>
                <Table.Td ta="end">{cell('amount', t('allocate.settles'))}</Table.Td>
                {item.kind === 'payment' && <Table.Td ta="end">{!isForeign(other) && cell('discount', t('allocate.discount'))}</Table.Td>}
                {hasForeign && (
                  <Table.Td ta="end">{isForeign(other) && cell('paid', t('allocate.paid', { currency: item.currency }))}</Table.Td>
                )}
                <Table.Td className="line-number">{after !== null && formatMoney(after, other.currency, language)}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </DataTable>
      <Group justify="space-between" mt="sm">
        <Text fw={600} aria-live="polite">
          {rest !== null && t('allocate.rest', { rest: formatMoney(rest, item.currency, language) })}
        </Text>
        <Group gap="xs">
          <Text size="xs" className="dim">
            {t('allocate.keys')}
          </Text>
          <Button variant="default" onClick={() => setTyped(proposed(item, others))}>
            {t('allocate.propose')}
          </Button>
          <Button disabled={!isReady} loading={send.isPending} onClick={submit} aria-keyshortcuts="Control+Enter">
            {t('allocate.submit')}
          </Button>
        </Group>
      </Group>
    </section>
  );
}

type CellProps = {
  readonly row: number;
  readonly column: keyof Typed;
  readonly label: string;
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
};

function AmountCell({ row, column, label, value, error, onChange }: CellProps) {
  return (
    <AmountInput
      className="allocate-amount"
      label={label}
      data-row={row}
      data-column={column}
      data-autofocus={row === 0 && column === 'amount' ? true : undefined}
      autoFocus={row === 0 && column === 'amount'}
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}
