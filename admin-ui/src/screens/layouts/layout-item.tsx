import { useDroppable } from '@dnd-kit/react';
import { useSortable } from '@dnd-kit/react/sortable';
import { ActionIcon } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { LayoutItem } from '#platform/kernel/model.ts';
import { apiName, fieldById } from '#admin-ui/src/api/metadata.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { useItemLabel, type Editing } from './editing.ts';
import { PALETTE } from './layout-draft.ts';
import { focusOnItem, useItemMoves } from './use-item-moves.ts';

/** Where items can be dropped. */
export function Zone({ id, columns, children }: { readonly id: string; readonly columns?: number; readonly children: ReactNode }) {
  const { ref, isDropTarget } = useDroppable({ id, type: 'zone', accept: 'item', collisionPriority: 1 });
  return (
    <div ref={ref} className="layout-zone" data-columns={columns} {...(isDropTarget ? { 'data-over': true } : {})}>
      {children}
    </div>
  );
}

type Props = {
  readonly itemKey: string;
  readonly index: number;
  readonly zone: string;
  readonly editing: Editing;
  readonly children?: ReactNode;
};

/** An item of the page or of the palette: dragged by its handle, chosen by its name, moved by Alt with the arrows and taken off by Delete. */
export function Item({ itemKey, index, zone, editing, children }: Props) {
  const { t } = useTexts();
  const { draft, selected, onSelect } = editing;
  const moves = useItemMoves(editing);
  const { ref, handleRef, isDragging } = useSortable({ id: itemKey, index, group: zone, type: 'item', accept: 'item' });
  const item = draft.items[itemKey];
  const label = useItemLabel(editing.object)(item);
  const isChosen = selected?.kind === 'item' && selected.key === itemKey;
  const isPlaced = zone !== PALETTE;
  const span = item?.kind === 'field' ? item.span : undefined;
  return (
    <div ref={ref} className="layout-item" data-dragging={isDragging || undefined} data-selected={isChosen || undefined} data-span={span}>
      <ActionIcon ref={handleRef} variant="subtle" color="gray" size={24} aria-label={t('layout.drag', { field: label })}>
        <IconGripVertical size={15} />
      </ActionIcon>
      {isPlaced ? (
        <div className="grow">
          <button
            type="button"
            className="layout-name"
            data-item={itemKey}
            aria-pressed={isChosen}
            aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
            onClick={() => onSelect(isChosen ? null : { kind: 'item', key: itemKey })}
            onKeyDown={(event) => {
              const step = event.altKey ? { ArrowUp: -1 as const, ArrowDown: 1 as const }[event.key] : undefined;
              if (step !== undefined) {
                moves.move(itemKey, step);
                focusOnItem(itemKey);
              } else if (event.key === 'Delete') moves.takeOff(itemKey);
              else return;
              event.preventDefault();
            }}
          >
            {label}
          </button>
          {item && <Value item={item} editing={editing} />}
        </div>
      ) : (
        <span className="grow" title={label}>
          {label}
        </span>
      )}
      {children}
    </div>
  );
}

/** What the record that is looked at has there; to be seen, not used. */
function Value({ item, editing }: { readonly item: LayoutItem; readonly editing: Editing }) {
  const uis = useFieldUis();
  const { record, object } = editing;
  const field = item.kind === 'field' ? fieldById(object, item.field) : undefined;
  const value = field && record?.[apiName(field)];
  if (!record || !field || value === null || value === undefined || value === '' || uis(field).isWide === true) return null;
  const { Cell } = uis(field);
  return (
    <div className="layout-value" inert aria-hidden>
      <Cell field={field} value={value} record={record} />
    </div>
  );
}
