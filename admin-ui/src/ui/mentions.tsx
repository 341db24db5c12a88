import { Text } from '@mantine/core';
import { IconAt } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { mentionsQuery, readMentions, type Mention } from '../api/mentions.ts';
import { useObject } from '../api/metadata.ts';
import { useRecordTitle } from '../fields/record-title.ts';
import { formatAgo } from '../i18n/format.ts';
import { addTexts, useTexts } from '../i18n/index.ts';
import { workingTexts } from '../i18n/working-texts.ts';
import { useActors } from '../fields/use-actors.ts';
import { News } from './news.tsx';
import { notifyFailure } from './notify.tsx';

addTexts(workingTexts);

/** Where somebody was mentioned in a comment, with how many of these they have not seen. */
export function Mentions() {
  const { t } = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const answer = useQuery(mentionsQuery);
  const { items, unread } = answer.data ?? { items: [], unread: 0 };
  const read = (id?: string): void => {
    readMentions(id).then((now) => client.setQueryData(mentionsQuery.queryKey, now), notifyFailure);
  };
  const label = unread > 0 ? t('mentions.unread', { count: unread }) : t('mentions.title');
  const [isOpen, setOpen] = useState(false);
  const names = useActors(isOpen ? items.map(({ by }) => by) : []);
  const go = (mention: Mention): void => {
    if (!mention.isRead) read(mention.id);
    void navigate({ to: '/o/$object/$id', params: { object: mention.object, id: mention.id } });
  };
  const toggle = (isOpening: boolean): void => {
    setOpen(isOpening);
    if (isOpening) void answer.refetch();
  };
  return (
    <News
      icon={<IconAt size={18} />}
      texts={{ title: t('mentions.title'), label, none: t('mentions.none'), readAll: t('mentions.readAll') }}
      unread={unread}
      isOpen={isOpen}
      onToggle={toggle}
      onReadAll={() => read()}
      pieces={items.map((mention) => ({
        key: mention.comment,
        isRead: mention.isRead,
        onOpen: () => go(mention),
        shown: <Told mention={mention} by={names.get(mention.by) ?? t('history.somebody')} />,
      }))}
    />
  );
}

function Told({ mention, by }: { readonly mention: Mention; readonly by: string }) {
  const { t, say, language } = useTexts();
  const object = useObject(mention.object);
  const title = useRecordTitle(mention.object, mention.id);
  return (
    <>
      <Text size="sm">{t('mentions.told', { by, title: title || mention.id.slice(0, 8) })}</Text>
      <Text size="xs" className="dim">
        {say(object?.label)} · {formatAgo(mention.at, language)}
      </Text>
    </>
  );
}
