import { Accessibility, StyleInjector } from '@dnd-kit/dom';
import { DragDropProvider, PointerSensor } from '@dnd-kit/react';
import { useState } from 'react';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { nonce } from '#admin-ui/src/nonce.ts';
import { notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import { BoardColumn } from './board-column.tsx';
import { useBoardMoves } from './board-moves.tsx';
import { useTotals } from './use-board.ts';
import { useBoardField } from './use-columns.ts';
import type { List } from './use-list.ts';

type Props = { readonly object: BusinessObject; readonly list: List; readonly by: Field };

/**
 * A list as columns of cards, one for each option of a choice or each record of a reference. A card is moved with the pointer, or by its menu: that is the way with keys,
 * so that the cards need not be buttons, which could not hold links.
 */
export function Board({ object, list, by }: Props) {
  const { field, error } = useBoardField(object, by, list.shown.filter);
  if (error) return <Failure error={error} />;
  return field && <Columns object={object} list={list} by={field} reference={field === by ? undefined : by} />;
}

/** `reference` is the field as it is where the columns are what it leads to. */
function Columns({ object, list, by, reference }: Props & { readonly reference: Field | undefined }) {
  const { t, say } = useTexts();
  const [dragged, setDragged] = useState<RecordValues | null>(null);
  const moves = useBoardMoves({ object, by, reference, onMoved: list.refresh });
  const totals = useTotals({ object, list, by });
  const options = (by.options ?? []).filter((option) => option.retired !== true);
  const columns: readonly (string | null)[] = [
    ...options.map(({ key }) => key),
    ...(by.type === 'status' || by.required === true || reference ? [] : [null]),
  ];
  const recordIn = (data: unknown): RecordValues | null =>
    typeof data === 'object' && data !== null && 'record' in data && typeof data.record === 'object' ? { ...data.record } : null;
  return (
    <DragDropProvider
      sensors={[PointerSensor]}
      plugins={(defaults) => [...defaults.filter((plugin) => plugin !== Accessibility), StyleInjector.configure({ nonce })]}
      onDragStart={({ operation }) => setDragged(recordIn(operation.source?.data))}
      onDragEnd={({ operation, canceled }) => {
        const record = recordIn(operation.source?.data);
        setDragged(null);
        if (canceled || !record || !operation.target) return;
        const to = operation.target.id === NOTHING ? null : String(operation.target.id);
        if (textOf(record[by.name]) === (to ?? '')) return;
        const reason = moves.whyNot(record, to);
        if (reason === null) moves.move(record, to);
        else notifyFailure(new Error(reason));
      }}
    >
      <div className="board" role="group" aria-label={t('board.title', { objects: say(object.pluralLabel), field: say(by.label) })}>
        {columns.map((key) => (
          <BoardColumn
            key={key ?? NOTHING}
            id={key ?? NOTHING}
            option={key}
            columns={columns}
            object={object}
            list={list}
            by={by}
            moves={moves}
            totals={totals}
            isClosed={dragged !== null && textOf(dragged[by.name]) !== (key ?? '') && moves.whyNot(dragged, key) !== null}
          />
        ))}
      </div>
      {moves.dialog}
    </DragDropProvider>
  );
}

/** The column of records without a value. */
const NOTHING = ' nothing';
