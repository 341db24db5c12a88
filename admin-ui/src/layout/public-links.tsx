import { ActionIcon, Button, CopyButton, Group, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy, IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { PublicLink } from '#platform/kernel/public-page.ts';
import { askFor } from '../api/client.ts';
import { recordsPath, type BusinessObject } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { textOf } from '../fields/input-frame.ts';
import { formatDate } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import { mayUse } from './use-commands.tsx';

type Props = { readonly object: BusinessObject; readonly record: RecordValues };

/** The links to what the world sees of a record, for those who hand them out: to be copied into a mail. */
export function PublicLinks({ object, record }: Props) {
  const { t, language } = useTexts();
  const id = textOf(record['id']);
  const mayHave = object.commands.some((command) => command.handsOut !== undefined && mayUse(object, command));
  const answer = useQuery({
    queryKey: ['links', object.name, id, record['version']],
    queryFn: ({ signal }) => askFor<{ items: readonly PublicLink[] }>(`${recordsPath(object)}/${id}/links`, { signal }),
    enabled: mayHave,
    placeholderData: (before) => before,
  });
  return (answer.data?.items ?? []).map(({ page, url, lastDay }) => (
    <Group key={page} className="card public-link" align="end" gap="xs" mb="md">
      <TextInput
        className="grow"
        label={t('links.label')}
        description={t('links.help', { day: formatDate(lastDay, language) })}
        value={url}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={url}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            onClick={copy}
          >
            <Text component="span" inherit role="status">
              {t(copied ? 'links.copied' : 'links.copy')}
            </Text>
          </Button>
        )}
      </CopyButton>
      <ActionIcon component="a" href={url} target="_blank" rel="noreferrer" variant="default" size={36} aria-label={t('links.open')}>
        <IconExternalLink size={16} />
      </ActionIcon>
    </Group>
  ));
}
