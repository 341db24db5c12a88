import { Accessibility, PointerActivationConstraints, StyleInjector } from '@dnd-kit/dom';
import { DragDropProvider, PointerSensor, useDraggable, useDroppable } from '@dnd-kit/react';
import { ActionIcon, Anchor, Button, Menu, Popover, UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { recordTitle } from '#admin-ui/src/api/titles.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts, type TextKey } from '#admin-ui/src/i18n/index.ts';
import { nonce } from '#admin-ui/src/nonce.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { dayBy, monthAfter } from './month.ts';
import { useCalendarMoves, type CalendarMoves } from './use-calendar-moves.ts';
import { useCalendar } from './use-calendar.ts';
import type { List } from './use-list.ts';

type Props = { readonly object: BusinessObject; readonly list: List; readonly by: Field };

/** Records shown on a day; the others are behind a button. */
const SHOWN = 3;

/** An entry is a link, and dragged by itself; a press without a move follows it. Its menu is only pressed. */
const SENSORS = [
  PointerSensor.configure({
    activationConstraints: ({ pointerType }) =>
      pointerType === 'touch'
        ? [new PointerActivationConstraints.Delay({ value: 250, tolerance: 5 })]
        : [new PointerActivationConstraints.Distance({ value: 5 })],
    preventActivation: ({ target }) => target instanceof Element && target.closest('button') !== null,
  }),
];

/** A list as the days of a month. */
export function Calendar({ object, list, by }: Props) {
  const { t, language } = useTexts();
  const calendar = useCalendar({ object, list, by });
  const { month, today, weeks } = calendar;
  const moves = useCalendarMoves({ object, by, onMoved: list.refresh });
  const go = (to: string): void => list.change({ month: to === today.slice(0, 7) ? undefined : to });
  const title = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01`));
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  return (
    <div className="calendar">
      <div className="calendar-head">
        <ActionIcon variant="default" aria-label={t('calendar.before')} onClick={() => go(monthAfter(month, -1))}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('calendar.after')} onClick={() => go(monthAfter(month, 1))}>
          <IconChevronRight size={16} />
        </ActionIcon>
        <Button size="compact-md" variant="default" onClick={() => go(today.slice(0, 7))}>
          {t('calendar.today')}
        </Button>
        <h2 className="calendar-title" aria-live="polite">
          {title}
        </h2>
        {calendar.isPartial && <span className="dim">{t('calendar.partial')}</span>}
      </div>
      {calendar.error !== null && <Failure error={calendar.error} onRetry={calendar.retry} />}
      <DragDropProvider
        sensors={SENSORS}
        plugins={(defaults) => [...defaults.filter((plugin) => plugin !== Accessibility), StyleInjector.configure({ nonce })]}
        onDragEnd={({ operation, canceled }) => {
          const record = recordIn(operation.source?.data);
          const day = operation.target?.id;
          if (!canceled && record && typeof day === 'string' && day !== calendar.dayOf(record)) moves.move(record, day);
        }}
      >
        <div className="calendar-scroll">
          <table className="calendar-days" aria-label={title}>
            <thead>
              <tr>
                {weeks[0]?.map((day) => (
                  <th key={day} scope="col">
                    {weekday.format(new Date(day))}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.map((week) => (
                <tr key={week[0]}>
                  {week.map((day) => (
                    <td
                      key={day}
                      data-other={!day.startsWith(month) || undefined}
                      {...(day === today ? { 'aria-current': 'date' as const } : {})}
                    >
                      <Day object={object} day={day} records={calendar.on(day)} moves={moves} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </DragDropProvider>
    </div>
  );
}

function recordIn(data: unknown): RecordValues | null {
  return typeof data === 'object' && data !== null && 'record' in data && typeof data.record === 'object' ? { ...data.record } : null;
}

type DayProps = {
  readonly object: BusinessObject;
  readonly day: string;
  readonly records: readonly RecordValues[];
  readonly moves: CalendarMoves;
};

/** Records of a day: dragged to another with the pointer, or moved by their menu. */
function Day({ object, day, records, moves }: DayProps) {
  const { t, language } = useTexts();
  const { ref, isDropTarget } = useDroppable({ id: day });
  const spoken = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(day));
  const hidden = records.length - SHOWN;
  return (
    <div ref={ref} className="calendar-drop" data-over={isDropTarget || undefined}>
      <time dateTime={day} aria-label={spoken} className="calendar-day">
        {Number(day.slice(8))}
      </time>
      {records.slice(0, SHOWN).map((record) => (
        <Entry key={textOf(record['id'])} object={object} day={day} record={record} moves={moves} />
      ))}
      {hidden > 0 && (
        <Popover position="bottom" withinPortal shadow="md" width={260}>
          <Popover.Target>
            <UnstyledButton className="calendar-more">{t('calendar.more', { count: hidden })}</UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown className="calendar-all" aria-label={spoken}>
            {records.map((record) => (
              <Entry key={textOf(record['id'])} object={object} day={day} record={record} moves={moves} />
            ))}
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}

type EntryProps = Omit<DayProps, 'records'> & { readonly record: RecordValues };

function Entry({ object, day, record, moves }: EntryProps) {
  const { t } = useTexts();
  const { ref, isDragging } = useDraggable({ id: useId(), data: { record }, disabled: !moves.mayMove });
  const title = recordTitle(object, record) || t('list.untitled');
  return (
    <div ref={ref} className="calendar-item" data-dragging={isDragging || undefined}>
      <Anchor
        className="calendar-entry"
        underline="never"
        draggable={false}
        renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: object.name, id: textOf(record['id']) }} />}
      >
        {title}
      </Anchor>
      {moves.mayMove && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon
              className="calendar-menu"
              variant="subtle"
              color="gray"
              size={24}
              aria-label={t('calendar.move', { record: title })}
            >
              <IconDots size={13} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {STEPS.map(({ days, text }) => (
              <Menu.Item key={days} onClick={() => moves.move(record, dayBy(day, days))}>
                {t(text)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

/** The ways to another day without dragging. */
const STEPS = [
  { days: -1, text: 'calendar.dayBefore' },
  { days: 1, text: 'calendar.dayAfter' },
  { days: -7, text: 'calendar.weekBefore' },
  { days: 7, text: 'calendar.weekAfter' },
] as const satisfies readonly { readonly days: number; readonly text: TextKey }[];
