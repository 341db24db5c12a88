import { ActionIcon, Anchor, Skeleton, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useLive } from '#admin-ui/src/api/live.ts';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { queryRecords, runCommand, type RecordValues } from '#admin-ui/src/api/records.ts';
import { recordTitle, titleFields } from '#admin-ui/src/api/titles.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { notifyDone, notifyFailure } from '#admin-ui/src/ui/notify.tsx';
import type { Panel } from './panels.ts';

/** More than that nobody does in a day; the rest is in the list. */
const ROWS = 20;

type Props = { readonly panel: Panel; readonly object: BusinessObject };

/** One part of the day, and the way to the list of it. */
export function DayPanel({ panel, object }: Props) {
  const { t, language } = useTexts();
  const client = useQueryClient();
  const key = ['my-day', object.name];
  const known = (path: string): boolean => object.fields.some(({ name }) => name === path.split('.')[0]);
  const about = panel.about.filter(known);
  const fields = ['id', ...titleFields(object).map(({ name }) => name), panel.at, ...about].join(',');
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => queryRecords(object, { fields, filter: panel.filter, sort: panel.at, limit: ROWS }, signal),
  });
  const refresh = (): void => void client.invalidateQueries({ queryKey: key });
  useLive(object, refresh);
  const rows = query.data?.items ?? [];
  return (
    <section className="card my-day-panel" aria-labelledby={`my-day-${object.name}`}>
      <header>
        <Title order={2} size="h4" id={`my-day-${object.name}`}>
          {t(panel.title)}
        </Title>
        <span className="nav-count">{`${rows.length.toLocaleString(language)}${query.data?.next ? '+' : ''}`}</span>
        <span className="grow" />
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link {...props} to="/o/$object" params={{ object: object.name }} search={{ filter: panel.filter, sort: panel.at }} />
          )}
        >
          {t('myDay.all')}
        </Anchor>
      </header>
      {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton height={60} radius="md" aria-label={t('loading')} />}
      {query.isSuccess && rows.length === 0 && (
        <Text size="sm" className="dim">
          {t('myDay.nothing')}
        </Text>
      )}
      <ul>
        {rows.map((record) => (
          <DayRow
            key={textOf(record['id'])}
            panel={panel}
            object={object}
            record={record}
            about={about}
            now={query.dataUpdatedAt}
            onDone={refresh}
          />
        ))}
      </ul>
    </section>
  );
}

type RowProps = Props & {
  readonly record: RecordValues;
  readonly about: readonly string[];
  readonly now: number;
  readonly onDone: () => void;
};

function DayRow({ panel, object, record, about, now, onDone }: RowProps) {
  const { t } = useTexts();
  const at = object.fields.find(({ name }) => name === panel.at);
  const title = recordTitle(object, record);
  const subtitle = about.map((path) => valueAt(record, path)).find((text) => text !== '');
  const id = textOf(record['id']);
  const done = useMutation({
    mutationFn: (name: string) => runCommand(object, id, { name, input: {} }),
    onSuccess: () => notifyDone(t('myDay.completed', { task: title })),
    onError: notifyFailure,
    onSettled: onDone,
  });
  const isLate = Date.parse(textOf(record[panel.at])) < now;
  return (
    <li data-late={isLate || undefined}>
      <div className="grow">
        <Anchor renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: object.name, id }} />}>{title}</Anchor>
        {subtitle && (
          <Text size="xs" className="dim">
            {subtitle}
          </Text>
        )}
      </div>
      <span className="my-day-at">{at && <Value field={at} record={record} />}</span>
      {panel.command !== undefined && (
        <ActionIcon
          variant="default"
          aria-label={t('myDay.complete', { task: title })}
          loading={done.isPending}
          onClick={() => panel.command !== undefined && done.mutate(panel.command)}
        >
          <IconCheck size={16} aria-hidden />
        </ActionIcon>
      )}
    </li>
  );
}

function Value({ field, record }: { readonly field: Field; readonly record: RecordValues }) {
  const { Cell } = useFieldUis()(field);
  return <Cell field={field} value={record[field.name]} record={record} />;
}

/** The text at a path of one step or two, such as `customer.name`. */
function valueAt(record: RecordValues, path: string): string {
  const [first = '', second] = path.split('.');
  const value: unknown = record[first];
  if (second === undefined) return textOf(value);
  return typeof value === 'object' && value !== null ? textOf(Reflect.get(value, second)) : '';
}
