import { Text } from '@mantine/core';
import { useThrottledCallback } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { inboxQuery, readInbox, type Notice } from '../api/inbox.ts';
import { useLive } from '../api/live.ts';
import { useObject, type BusinessObject } from '../api/metadata.ts';
import { formatAgo } from '../i18n/format.ts';
import { addTexts, useTexts } from '../i18n/index.ts';
import { workingTexts } from '../i18n/working-texts.ts';
import { mayUse } from '../layout/use-commands.tsx';
import { News } from './news.tsx';
import { notifyFailure } from './notify.tsx';

addTexts(workingTexts);

const AT_MOST_EVERY_MILLISECONDS = 2_000;

/** What rules have told who is signed in, for those who may ask. */
export function Bell() {
  const rules = useObject('notification_rule');
  const messages = useObject('message');
  const inbox = rules?.commands.find(({ name }) => name === 'inbox');
  if (!rules || !inbox || !mayUse(rules, inbox)) return null;
  return (
    <>
      <Notices rules={rules} />
      {messages && <Following messages={messages} />}
    </>
  );
}

/** Asks again when a message comes; many at once are one question. */
function Following({ messages }: { readonly messages: BusinessObject }) {
  const client = useQueryClient();
  const ask = useThrottledCallback(() => void client.invalidateQueries({ queryKey: ['inbox'] }), AT_MOST_EVERY_MILLISECONDS);
  useLive(messages, ask);
  return null;
}

function Notices({ rules }: { readonly rules: BusinessObject }) {
  const { t, language } = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const query = inboxQuery(rules);
  const answer = useQuery(query);
  const { items, unread } = answer.data ?? { items: [], unread: 0 };
  const [isOpen, setOpen] = useState(false);
  const label = unread > 0 ? t('bell.unread', { count: unread }) : t('bell.title');
  const read = (id?: string): void => {
    readInbox(rules, id).then((now) => client.setQueryData(query.queryKey, now), notifyFailure);
  };
  const go = ({ id, isRead, record }: Notice): void => {
    if (!isRead) read(id);
    if (record) void navigate({ to: '/o/$object/$id', params: record });
  };
  return (
    <News
      visibleFrom="xs"
      icon={<IconBell size={18} />}
      texts={{ title: t('bell.title'), label, none: t('bell.none'), readAll: t('bell.readAll') }}
      unread={unread}
      isOpen={isOpen}
      onToggle={setOpen}
      onReadAll={() => read()}
      pieces={items.map((notice) => ({
        key: notice.id,
        isRead: notice.isRead,
        onOpen: () => go(notice),
        shown: (
          <>
            <Text size="sm">{notice.subject}</Text>
            <Text size="xs" className="dim">
              {formatAgo(notice.at, language)}
            </Text>
          </>
        ),
      }))}
    />
  );
}
