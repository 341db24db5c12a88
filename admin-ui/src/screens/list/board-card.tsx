import { useDraggable } from '@dnd-kit/react';
import { ActionIcon, Anchor, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { apiName, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { recordTitle, titleFields } from '#admin-ui/src/api/titles.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { OptionBadge } from '#admin-ui/src/fields/option-badge.tsx';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import type { BoardMoves } from './board-moves.tsx';

type Props = {
  readonly object: BusinessObject;
  readonly columns: readonly Field[];
  /** The columns were chosen for cards: all that have a value are shown. */
  readonly isWhole: boolean;
  readonly by: Field;
  readonly record: RecordValues;
  readonly places: readonly (string | null)[];
  readonly moves: BoardMoves;
};

const FACTS = 4;

/** Types whose values do not say what they are: a day, a number, a yes. */
const MUTE: readonly string[] = 'date time dateTime duration integer bigint decimal percent boolean json'.split(' ');

/** A record as a card: its title, and the first columns of the list that have a value. */
export function BoardCard({ object, columns, isWhole, by, record, places, moves }: Props) {
  const { t, say } = useTexts();
  const uis = useFieldUis();
  const { ref, isDragging } = useDraggable({ id: textOf(record['id']), data: { record } });
  const titles = titleFields(object);
  const title = recordTitle(object, record) || t('list.untitled');
  const facts = columns
    .filter(
      (field) =>
        field.id !== by.id && !isEmpty(record[apiName(field)]) && !(titles.includes(field) && textOf(record[field.name]) === title),
    )
    .slice(0, isWhole ? undefined : FACTS);
  return (
    <div ref={ref} role="listitem" className="board-card" data-dragging={isDragging || undefined}>
      <div className="board-card-head">
        <Anchor
          className="cell-title grow"
          draggable={false}
          renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: object.name, id: textOf(record['id']) }} />}
        >
          {title}
        </Anchor>
        <MoveMenu title={title} by={by} record={record} places={places} moves={moves} />
      </div>
      {facts.map((field) => {
        const { Cell } = uis(field);
        return (
          <div key={field.id} className="board-fact">
            {MUTE.includes(field.type) && <span className="dim">{say(field.label)} </span>}
            <Cell field={field} value={record[apiName(field)]} record={record} />
          </div>
        );
      })}
    </div>
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** The same moves for those who do not drag. */
function MoveMenu({ title, by, record, places, moves }: Omit<Props, 'object' | 'columns' | 'isWhole'> & { readonly title: string }) {
  const { t } = useTexts();
  const others = places.filter((place) => (place ?? '') !== textOf(record[by.name]));
  const possible = others.filter((place) => moves.whyNot(record, place) === null);
  if (possible.length === 0) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('board.move', { record: title })}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('board.moveTo')}</Menu.Label>
        {possible.map((place) => (
          <Menu.Item key={place ?? ''} onClick={() => moves.move(record, place)}>
            {place === null ? t('board.none') : <OptionBadge options={by.options} value={place} />}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
