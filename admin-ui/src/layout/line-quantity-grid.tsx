import { Button, Group, Table, Text } from '@mantine/core';
import { useRef, type KeyboardEvent } from 'react';
import type { LineInput } from '#platform/kernel/model.ts';
import { apiName, fieldById, type Field } from '../api/metadata.ts';
import { recordTitle } from '../api/titles.ts';
import { DecimalInput } from '../fields/decimal-input.tsx';
import { useFieldUis } from '../fields/field-ui.ts';
import { textOf } from '../fields/input-frame.ts';
import { formatDecimal } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import type { LineChoice, LineFault, OpenLine, Typed } from './line-quantities.ts';

type Props = {
  readonly field: Field;
  readonly lines: LineInput;
  readonly choice: LineChoice;
  readonly onTyped: (typed: Typed) => void;
  readonly typed: Typed;
  /** The server's refusal of the whole, or that nothing is chosen. */
  readonly error?: string | undefined;
  readonly autoFocus: boolean;
};

/** The lines of a record with what is open of each, and inputs for how much of it is meant. */
export function LineQuantityGrid({ field, lines, choice, typed, onTyped, error, autoFocus }: Props) {
  const { t, say } = useTexts();
  const body = useRef<HTMLTableSectionElement>(null);
  const columns = lines.columns.flatMap((id) => fieldById(choice.child, id) ?? []);
  const isFilling = lines.quantities.some((quantity) => quantity.prefilled === true);
  const set = (line: OpenLine, name: string, value: unknown): void =>
    onTyped({ ...typed, [line.id]: { ...line.quantities, [name]: textOf(value) } });
  if (choice.lines.length === 0) return <Text c="dimmed">{t('quantities.nothingOpen')}</Text>;
  return (
    <div className="lines">
      <Table.ScrollContainer minWidth={420} maxHeight={420} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table
          aria-label={say(field.label)}
          className="quantity-table"
          verticalSpacing={4}
          horizontalSpacing={8}
          withTableBorder
          stickyHeader
        >
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <ColumnHead key={column.id} column={column} />
              ))}
              <Table.Th ta="end">{say(lines.open.label) || t('quantities.open')}</Table.Th>
              {lines.ready && <Table.Th ta="end">{say(lines.ready.label)}</Table.Th>}
              {lines.quantities.map(({ name, label }) => (
                <Table.Th key={name} w={128} ta="end">
                  {say(label)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody ref={body} onKeyDown={(event) => moveRow(event, body.current)}>
            {choice.lines.map((line, index) => (
              <QuantityRow
                key={line.id}
                line={line}
                lines={lines}
                columns={columns}
                title={recordTitle(choice.child, line.row)}
                autoFocus={autoFocus && index === 0}
                onChange={(name, value) => set(line, name, value)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group justify="space-between" gap="sm" mt={6}>
        <Text size="xs" className="dim" aria-live="polite">
          {t('quantities.chosen', { count: choice.rows.length, lines: choice.lines.length })} · {t('quantities.keys')}
        </Text>
        {isFilling && (
          <Group gap={4}>
            <Button size="compact-sm" variant="subtle" onClick={() => onTyped({})}>
              {t('quantities.all')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => onTyped(Object.fromEntries(choice.lines.map((line) => [line.id, zeroOf(line)])))}
            >
              {t('quantities.none')}
            </Button>
          </Group>
        )}
      </Group>
      {error !== undefined && (
        <Text size="sm" c="red" role="alert" mt={4}>
          {error}
        </Text>
      )}
    </div>
  );
}

function quantityField(name: string, label: string): Field {
  return { id: name, name, label: { en: label }, type: 'decimal', column: name, state: 'active', editable: true };
}

function zeroOf({ quantities }: OpenLine): OpenLine['quantities'] {
  return Object.fromEntries(Object.keys(quantities).map((name) => [name, '0']));
}

function ColumnHead({ column }: { readonly column: Field }) {
  const { say } = useTexts();
  const ui = useFieldUis()(column);
  return <Table.Th ta={ui.isNumber === true ? 'end' : 'start'}>{say(column.label)}</Table.Th>;
}

type RowProps = {
  readonly line: OpenLine;
  readonly lines: LineInput;
  readonly columns: readonly Field[];
  readonly title: string;
  readonly autoFocus: boolean;
  readonly onChange: (name: string, value: unknown) => void;
};

function QuantityRow({ line, lines, columns, title, autoFocus, onChange }: RowProps) {
  const uis = useFieldUis();
  const { t, say, language } = useTexts();
  const { row, open, ready, fault } = line;
  return (
    <Table.Tr>
      {columns.map((column) => {
        const { Cell, isNumber } = uis(column);
        return (
          <Table.Td key={column.id} ta={isNumber === true ? 'end' : 'start'}>
            <Cell field={column} value={row[apiName(column)]} record={row} />
          </Table.Td>
        );
      })}
      <Table.Td className="line-number">{formatDecimal(open ?? '', language)}</Table.Td>
      {lines.ready && <Table.Td className="line-number">{formatDecimal(ready ?? '', language)}</Table.Td>}
      {lines.quantities.map(({ name, label }, index) => (
        <Table.Td key={name}>
          <DecimalInput
            field={quantityField(name, t('quantities.of', { quantity: say(label), line: title }))}
            value={line.quantities[name]}
            record={row}
            isBare
            error={index === 0 ? sentence(fault) : undefined}
            autoFocus={autoFocus && index === 0}
            onChange={(value) => onChange(name, value)}
          />
        </Table.Td>
      ))}
    </Table.Tr>
  );

  function sentence(of: LineFault | null): string | undefined {
    return of === null ? undefined : t(`quantities.${of.kind}`, { most: formatDecimal(of.most, language) });
  }
}

/** Arrows, and Enter but in the last row, where it sends the form as anywhere. */
function moveRow(event: KeyboardEvent, body: HTMLTableSectionElement | null): void {
  const { target, key } = event;
  if (!(target instanceof HTMLInputElement) || body === null || event.nativeEvent.isComposing) return;
  const step = key === 'ArrowUp' ? -1 : key === 'ArrowDown' || key === 'Enter' ? 1 : 0;
  const column = target.closest('td')?.cellIndex ?? 0;
  const row = body.rows[(target.closest('tr')?.sectionRowIndex ?? 0) + step];
  const next = row?.cells[column]?.querySelector('input');
  if (step === 0 || !next) return;
  event.preventDefault();
  next.focus();
  next.select();
}
