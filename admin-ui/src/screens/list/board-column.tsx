import { useDroppable } from '@dnd-kit/react';
import { Button, Skeleton } from '@mantine/core';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { OptionBadge } from '#admin-ui/src/fields/option-badge.tsx';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { BoardCard } from './board-card.tsx';
import type { BoardMoves } from './board-moves.tsx';
import { useCards, type Total } from './use-board.ts';
import type { List } from './use-list.ts';

type Props = {
  readonly id: string;
  /** The option whose records stand here; null for those without. */
  readonly option: string | null;
  readonly columns: readonly (string | null)[];
  readonly object: BusinessObject;
  readonly list: List;
  readonly by: Field;
  readonly moves: BoardMoves;
  readonly totals: { readonly of: (option: string | null) => Total | undefined; readonly amount: Field | undefined };
  /** The card that is dragged cannot stand here. */
  readonly isClosed: boolean;
};

/** One option with its records, as far as one has scrolled. */
export function BoardColumn({ id, option, columns, object, list, by, moves, totals, isClosed }: Props) {
  const { t, say } = useTexts();
  const { ref, isDropTarget } = useDroppable({ id });
  const cards = useCards({ object, list, by, option });
  const records = (cards.data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter((record) => {
      const place = moves.placeOf(record);
      return place === undefined || place === option;
    });
  const label = option === null ? t('board.none') : say(by.options?.find((one) => one.key === option)?.label);
  const more = (): void => {
    if (cards.hasNextPage && !cards.isFetchingNextPage) void cards.fetchNextPage();
  };
  return (
    <section
      ref={ref}
      className="board-column"
      data-over={isDropTarget || undefined}
      data-closed={isClosed || undefined}
      aria-label={label}
    >
      <header className="board-head">
        {option === null ? <span className="dim">{label}</span> : <OptionBadge options={by.options} value={option} />}
        <ColumnTotal total={totals.of(option)} amount={totals.amount} />
      </header>
      <div
        className="board-cards"
        role="list"
        aria-label={label}
        onScroll={({ currentTarget: box }) => (box.scrollHeight - box.scrollTop - box.clientHeight < 200 ? more() : undefined)}
      >
        {cards.isError && <Failure error={cards.error} onRetry={() => void cards.refetch()} />}
        {cards.isPending && <Skeleton height={72} radius="md" />}
        {records.map((record) => (
          <BoardCard
            key={textOf(record['id'])}
            object={object}
            columns={list.shown.columns}
            isWhole={list.shown.hasCardLayout === true}
            by={by}
            record={record}
            places={columns}
            moves={moves}
          />
        ))}
      </div>
      {cards.hasNextPage && (
        <Button size="compact-sm" variant="subtle" loading={cards.isFetchingNextPage} onClick={more}>
          {t('board.more')}
        </Button>
      )}
    </section>
  );
}

function ColumnTotal({ total, amount }: { readonly total: Total | undefined; readonly amount: Field | undefined }) {
  const { language } = useTexts();
  const uis = useFieldUis();
  if (!total) return null;
  const Cell = amount && uis(amount).Cell;
  const sums: readonly RecordValues[] = amount ? total.sums.filter((item) => item[amount.name] !== null) : [];
  return (
    <>
      <span className="board-count">{total.count.toLocaleString(language)}</span>
      <span className="grow" />
      {Cell && sums.length === 1 && (
        <span className="board-sum">{<Cell field={amount} value={textOf(sums[0]?.[amount.name])} record={sums[0] ?? {}} />}</span>
      )}
    </>
  );
}
