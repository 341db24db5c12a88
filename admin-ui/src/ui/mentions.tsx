import { ActionIcon, Button, Popover, Text, UnstyledButton } from '@mantine/core';
import { IconAt, IconChecks } from '@tabler/icons-react';
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
    setOpen(false);
    void navigate({ to: '/o/$object/$id', params: { object: mention.object, id: mention.id } });
  };
  const toggle = (): void => {
    setOpen(!isOpen);
    if (!isOpen) void answer.refetch();
  };
  return (
    <Popover position="bottom-end" width={300} opened={isOpen} onChange={setOpen} trapFocus>
      <Popover.Target>
        <ActionIcon className="mentions" variant="default" size="lg" aria-label={label} title={label} onClick={toggle}>
          <IconAt size={18} />
          {unread > 0 && <span className="mentions-count">{unread}</span>}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={6} mah={440} className="scrolls" aria-label={t('mentions.title')}>
        {items.length === 0 && (
          <Text size="sm" className="dim" p="xs">
            {t('mentions.none')}
          </Text>
        )}
        <ul className="mentions-list">
          {items.map((mention) => (
            <li key={mention.comment} className={mention.isRead ? '' : 'mention-new'}>
              <UnstyledButton onClick={() => go(mention)}>
                <Told mention={mention} by={names.get(mention.by) ?? t('history.somebody')} />
              </UnstyledButton>
            </li>
          ))}
        </ul>
        {unread > 0 && (
          <Button fullWidth size="compact-sm" variant="subtle" leftSection={<IconChecks size={15} aria-hidden />} onClick={() => read()}>
            {t('mentions.readAll')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
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
