import { ActionIcon, Anchor, Button, Popover, UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { recordTitle } from '#admin-ui/src/api/titles.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { monthAfter } from './month.ts';
import { useCalendar } from './use-calendar.ts';
import type { List } from './use-list.ts';

type Props = { readonly object: BusinessObject; readonly list: List; readonly by: Field };

/** Records shown on a day; the others are behind a button. */
const SHOWN = 3;

/** A list as the days of a month. */
export function Calendar({ object, list, by }: Props) {
  const { t, language } = useTexts();
  const calendar = useCalendar({ object, list, by });
  const { month, today, weeks } = calendar;
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
                    <Day object={object} day={day} records={calendar.on(day)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Day({
  object,
  day,
  records,
}: {
  readonly object: BusinessObject;
  readonly day: string;
  readonly records: readonly RecordValues[];
}) {
  const { t, language } = useTexts();
  const spoken = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(day));
  const hidden = records.length - SHOWN;
  return (
    <>
      <time dateTime={day} aria-label={spoken} className="calendar-day">
        {Number(day.slice(8))}
      </time>
      {records.slice(0, SHOWN).map((record) => (
        <Entry key={textOf(record['id'])} object={object} record={record} />
      ))}
      {hidden > 0 && (
        <Popover position="bottom" withinPortal shadow="md" width={260}>
          <Popover.Target>
            <UnstyledButton className="calendar-more">{t('calendar.more', { count: hidden })}</UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown className="calendar-all" aria-label={spoken}>
            {records.map((record) => (
              <Entry key={textOf(record['id'])} object={object} record={record} />
            ))}
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  );
}

function Entry({ object, record }: { readonly object: BusinessObject; readonly record: RecordValues }) {
  const { t } = useTexts();
  return (
    <Anchor
      className="calendar-entry"
      underline="never"
      renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: object.name, id: textOf(record['id']) }} />}
    >
      {recordTitle(object, record) || t('list.untitled')}
    </Anchor>
  );
}
