import { ActionIcon, Button, Popover, Text, UnstyledButton } from '@mantine/core';
import { useThrottledCallback } from '@mantine/hooks';
import { IconBell, IconChecks } from '@tabler/icons-react';
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
    setOpen(false);
    if (record) void navigate({ to: '/o/$object/$id', params: record });
  };
  return (
    <Popover position="bottom-end" width={320} opened={isOpen} onChange={setOpen} trapFocus>
      <Popover.Target>
        <ActionIcon
          className="mentions"
          visibleFrom="xs"
          variant="default"
          size="lg"
          aria-label={label}
          title={label}
          onClick={() => setOpen(!isOpen)}
        >
          <IconBell size={18} />
          {unread > 0 && <span className="mentions-count">{unread}</span>}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={6} mah={440} className="scrolls" aria-label={t('bell.title')}>
        {items.length === 0 && (
          <Text size="sm" className="dim" p="xs">
            {t('bell.none')}
          </Text>
        )}
        <ul className="mentions-list">
          {items.map((notice) => (
            <li key={notice.id} className={notice.isRead ? '' : 'mention-new'}>
              <UnstyledButton onClick={() => go(notice)}>
                <Text size="sm">{notice.subject}</Text>
                <Text size="xs" className="dim">
                  {formatAgo(notice.at, language)}
                </Text>
              </UnstyledButton>
            </li>
          ))}
        </ul>
        {unread > 0 && (
          <Button fullWidth size="compact-sm" variant="subtle" leftSection={<IconChecks size={15} aria-hidden />} onClick={() => read()}>
            {t('bell.readAll')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
