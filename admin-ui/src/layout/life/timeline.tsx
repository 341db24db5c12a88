import { Anchor, Button, Skeleton, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { addComment, loadTimeline, type Happened } from '#admin-ui/src/api/beside.ts';
import { useLive } from '#admin-ui/src/api/live.ts';
import { useMe, useObject, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { problemsByPath } from '#admin-ui/src/api/problem.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { draftAt, forgetDraft, keepDraft } from '../drafts.ts';
import { AttachmentList } from './attachments.tsx';
import { knownChanges } from './changes.tsx';
import { CommentBox } from './comment-box.tsx';
import { TimelineEntry } from './timeline-entry.tsx';
import { useActors } from '#admin-ui/src/fields/use-actors.ts';
import type { Attachments } from './use-attachments.ts';

type Props = {
  readonly object: BusinessObject;
  readonly record: RecordValues;
  readonly files: Attachments;
  /** It can only be read: the record is in the recycle bin. */
  readonly isClosed?: boolean;
};

/** Whether an object's records have anything to show beside them. */
export function hasTimeline({ features, parent }: BusinessObject): boolean {
  return parent === undefined && [features.history, features.comments, features.attachments].some((feature) => feature !== false);
}

/** What happened to a record, newest first: changes, comments, files, as others make them too. */
export function Timeline({ object, record, files, isClosed = false }: Props) {
  const { t } = useTexts();
  const id = textOf(record['id']);
  const { page, entries, changed } = useTimeline(object, id, record['version']);
  const names = useActors(entries.map(({ by }) => by));
  return (
    <aside aria-label={t('history.title')}>
      {object.features.attachments !== false && <AttachmentList object={object} files={files} />}
      <section className="card section" aria-label={t('history.title')}>
        <div className="timeline-head">
          <Title order={2}>{t('history.title')}</Title>
          <InAllServices id={id} />
        </div>
        {object.features.comments !== false && !isClosed && <NewComment object={object} id={id} onAdded={changed} />}
        {page.isError && (
          <Text size="sm" c="dimmed">
            {page.error.message}
          </Text>
        )}
        {page.isPending && <Skeleton height={38} radius="md" />}
        <ol className="timeline">
          {entries.map((entry) => (
            <TimelineEntry
              key={entry.eventId}
              object={object}
              record={record}
              entry={entry}
              name={names.get(entry.by)}
              onChanged={isClosed ? null : changed}
            />
          ))}
        </ol>
        {page.hasNextPage && (
          <Button size="compact-sm" variant="subtle" mt="xs" loading={page.isFetchingNextPage} onClick={() => void page.fetchNextPage()}>
            {t('history.more')}
          </Button>
        )}
      </section>
    </aside>
  );
}

/** The way to what other services have told of the record, for those who may read it. */
function InAllServices({ id }: { readonly id: string }) {
  const { t } = useTexts();
  if (!useObject('event')) return null;
  return (
    <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/audit" search={{ about: id }} />}>
      {t('audit.allOfRecord')}
    </Anchor>
  );
}

function useTimeline(object: BusinessObject, id: string, version: unknown) {
  const client = useQueryClient();
  const page = useInfiniteQuery({
    queryKey: ['timeline', object.name, id],
    queryFn: ({ pageParam }) => loadTimeline(object, id, pageParam),
    initialPageParam: initialCursor(),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const changed = (): void => void client.invalidateQueries({ queryKey: ['timeline', object.name, id] });
  useLive(object, (changes) => {
    if (!changes.some((change) => change.id === id)) return;
    changed();
    void client.invalidateQueries({ queryKey: ['attachments', object.name, id] });
  });
  // What this page has saved itself is told by the stream a moment later; its author looks for it at once.
  const seen = useRef(version);
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    void client.invalidateQueries({ queryKey: ['timeline', object.name, id] });
  }, [client, object.name, id, version]);
  const entries = page.data?.pages.flatMap(({ items }) => items.filter((entry) => saysSomething(object, entry))) ?? [];
  return { page, entries, changed };
}

function saysSomething(object: BusinessObject, entry: Happened): boolean {
  if (entry.kind !== 'change' || entry.what !== 'updated' || entry.command !== undefined) return true;
  return knownChanges(object, entry.changes).length > 0;
}

function initialCursor(): string | null {
  return null;
}

function NewComment({ object, id, onAdded }: { readonly object: BusinessObject; readonly id: string; readonly onAdded: () => void }) {
  const { t } = useTexts();
  const { user } = useMe();
  const place = { user: user.id ?? '', page: `${object.name}.${id}.comment` };
  const [text, setText] = useState(() => textOf(draftAt(place)?.changes['text']));
  const write = (typed: string): void => {
    setText(typed);
    if (typed === '') forgetDraft(place);
    else keepDraft(place, { changes: { text: typed }, version: null });
  };
  const add = useMutation({
    mutationFn: () => addComment(object, id, text),
    onSuccess: () => {
      write('');
      onAdded();
    },
  });
  return (
    <div className="comment-new">
      <CommentBox
        label={t('comment.new')}
        send={t('comment.add')}
        value={text}
        onChange={write}
        onSend={() => add.mutate()}
        isSending={add.isPending}
        error={add.isError ? (problemsByPath(add.error)['text'] ?? add.error.message) : null}
      />
    </div>
  );
}
