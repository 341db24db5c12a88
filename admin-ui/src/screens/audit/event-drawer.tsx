import { Alert, Anchor, Button, Code, Drawer, Group, Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { courseOf, wholeEvent, type CourseEvent, type EventSearch, type WholeEvent } from '#admin-ui/src/api/audit.ts';
import { useObject, useObjects } from '#admin-ui/src/api/metadata.ts';
import { useFieldUis } from '#admin-ui/src/fields/field-ui.ts';
import { formatDateTime } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { useModuleName } from '#admin-ui/src/ui/module-name.ts';
import { EventTable } from './event-table.tsx';
import { useActorName } from './use-actor-name.ts';

type Props = {
  readonly id: string;
  readonly onOpen: (id: string) => void;
  readonly onSearch: (search: EventSearch) => void;
  readonly onClose: () => void;
};

/** An event: what it says, what it carries, its place in the chain, and the course that it belongs to. */
export function EventDrawer({ id, onOpen, onSearch, onClose }: Props) {
  const { t } = useTexts();
  const event = useQuery({ queryKey: ['audit', 'event', id], queryFn: ({ signal }) => wholeEvent(id, signal) });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={860}
      title={event.data?.type ?? t('loading')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {event.isError && <Failure error={event.error} onRetry={() => void event.refetch()} />}
      {event.isPending && <Skeleton height={320} radius="md" aria-label={t('loading')} />}
      {event.data && <Details event={event.data} onOpen={onOpen} onSearch={onSearch} />}
    </Drawer>
  );
}

const SHOWN: readonly string[] = ['time', 'source', 'subject', 'actor', 'objectVersion', 'correlation', 'position', 'previous', 'hash'];

type DetailsProps = { readonly event: WholeEvent } & Pick<Props, 'onOpen' | 'onSearch'>;

function Details({ event, onOpen, onSearch }: DetailsProps) {
  const { t, say, language } = useTexts();
  const object = useObject('event');
  const uis = useFieldUis();
  const actorName = useActorName([event.actor]);
  const moduleName = useModuleName();
  const values: Readonly<Record<string, unknown>> = { ...event, actor: actorName(event.actor), source: moduleName(event.source.slice(1)) };
  const fields = SHOWN.flatMap((name) => object?.fields.find((field) => field.name === name) ?? []);
  const data = object?.fields.find(({ name }) => name === 'data');
  return (
    <Stack>
      <Group justify="space-between">
        <ToRecord event={event} />
        {event.record !== null && (
          <Button size="compact-sm" variant="default" onClick={() => onSearch({ about: event.record ?? '' })}>
            {t('audit.allOfRecord')}
          </Button>
        )}
      </Group>
      {event.erasedAt !== null && <Alert color="yellow">{t('audit.erased', { at: formatDateTime(event.erasedAt, language) })}</Alert>}
      <dl className="audit-facts">
        {fields.map((field) => {
          const { Cell } = uis(field);
          return (
            <div key={field.id}>
              <dt className="dim">{say(field.label)}</dt>
              <dd>
                <Cell field={field} value={values[field.name]} record={values} />
              </dd>
            </div>
          );
        })}
      </dl>
      <section aria-label={say(data?.label)}>
        <Title order={3} size="h5" mb={4}>
          {say(data?.label)}
        </Title>
        <Code block tabIndex={0} className="audit-data">
          {JSON.stringify(event.data, null, 2)}
        </Code>
      </section>
      <Course event={event} onOpen={onOpen} />
    </Stack>
  );
}

/** The way to the record, where the reader knows records of its kind. */
function ToRecord({ event: { object, record } }: { readonly event: WholeEvent }) {
  const { t } = useTexts();
  const known = useObjects().find(({ name, parent }) => name === object && parent === undefined);
  if (!known || record === null) return <span />;
  return (
    <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/o/$object/$id" params={{ object: known.name, id: record }} />}>
      {t('audit.toRecord')}
    </Anchor>
  );
}

function Course({ event, onOpen }: { readonly event: WholeEvent; readonly onOpen: (id: string) => void }) {
  const { t } = useTexts();
  const { correlation } = event;
  const course = useQuery({ queryKey: ['audit', 'course', correlation], queryFn: ({ signal }) => courseOf(correlation, signal) });
  const events = course.data ?? [];
  return (
    <section aria-label={t('audit.course')}>
      <Title order={3} size="h5" mb={4}>
        {t('audit.course')}
      </Title>
      {course.isError && <Failure error={course.error} onRetry={() => void course.refetch()} />}
      <EventTable label={t('audit.course')} events={events} onOpen={onOpen} depths={depthsOf(events)} current={event.id} />
    </section>
  );
}

/** How many of the same course led to each. */
function depthsOf(events: readonly CourseEvent[]): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  for (const { id, causation } of events) {
    const before = causation === null ? undefined : depths.get(causation);
    depths.set(id, before === undefined ? 0 : before + 1);
  }
  return depths;
}
