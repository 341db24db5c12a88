import { Anchor, Avatar, Badge, Text } from '@mantine/core';
import type { Happened } from '#admin-ui/src/api/beside.ts';
import { pdfPath } from '#admin-ui/src/api/document-templates.ts';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';
import { FileLink } from '#admin-ui/src/fields/file.tsx';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { formatAgo, formatDateTime } from '#admin-ui/src/i18n/format.ts';
import { useTexts, type TextKey } from '#admin-ui/src/i18n/index.ts';
import { CommentText } from './comment-entry.tsx';
import { Changes } from './changes.tsx';

type Props = {
  readonly object: BusinessObject;
  readonly record: RecordValues;
  readonly entry: Happened;
  readonly name: string | undefined;
  /** Null where comments can only be read. */
  readonly onChanged: (() => void) | null;
};

/** Who did something, when, and what. */
export function TimelineEntry({ object, record, entry, name, onChanged }: Props) {
  const { t, language } = useTexts();
  const shown = name ?? t(unnamed(entry.by));
  return (
    <li className="timeline-entry">
      <Avatar name={shown} color="initials" size={26} radius="xl" aria-hidden />
      <div>
        <Text size="sm" fw={600} component="span">
          {shown}
        </Text>{' '}
        <Text size="xs" c="dimmed" component="time" dateTime={entry.at} title={formatDateTime(entry.at, language)}>
          {formatAgo(entry.at, language)}
        </Text>
        {entry.kind === 'comment' ? (
          <CommentText object={object} id={textOf(record['id'])} comment={entry.comment} onChanged={onChanged} />
        ) : entry.kind === 'file' ? (
          <FileNews object={object} id={textOf(record['id'])} entry={entry} />
        ) : (
          <ChangeNews object={object} record={record} entry={entry} />
        )}
      </div>
    </li>
  );
}

/** What stands for an actor without a name that the reader may know. */
function unnamed(by: string): TextKey {
  if (by.startsWith('link:')) return 'history.link';
  return by.startsWith('user:') || by.startsWith('key:') ? 'history.somebody' : 'history.system';
}

type FileProps = { readonly object: BusinessObject; readonly id: string; readonly entry: Extract<Happened, { kind: 'file' }> };

function FileNews({ object, id, entry }: FileProps) {
  const { t } = useTexts();
  const { file, what, isHeld } = entry;
  if (what === 'issued')
    return (
      <div className="timeline-change">
        <span className="dim">{t('documents.issued')}</span>{' '}
        <Anchor href={pdfPath(object, id)} target="_blank" rel="noreferrer" inherit>
          {file.name}
        </Anchor>
      </div>
    );
  return (
    <div className="timeline-change">
      <span className="dim">{t(`files.${what}`)}</span>{' '}
      {isHeld && what === 'attached' ? <FileLink file={file} module={object.module} /> : file.name}
    </div>
  );
}

type ChangeProps = Pick<Props, 'object' | 'record'> & { readonly entry: Extract<Happened, { kind: 'change' }> };

function ChangeNews({ object, record, entry }: ChangeProps) {
  const { t, say } = useTexts();
  if (entry.what !== 'updated') return <div className="timeline-change">{t(`history.${entry.what}`)}</div>;
  const command = object.commands.find((one) => one.name === entry.command);
  return (
    <>
      {entry.command !== undefined && (
        <div>
          <Badge variant="light" size="sm" radius="sm" tt="none">
            {say(command?.label) || entry.command}
          </Badge>
        </div>
      )}
      <Changes object={object} record={record} changes={entry.changes} />
    </>
  );
}
