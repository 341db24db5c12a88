import { Button, CloseButton, FileButton, Group, Progress, Text, Title } from '@mantine/core';
import { IconPaperclip, IconUpload } from '@tabler/icons-react';
import { useRef } from 'react';
import type { Attachment } from '#admin-ui/src/api/beside.ts';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { FileLink } from '#admin-ui/src/fields/file.tsx';
import { fileUrl } from '#admin-ui/src/fields/upload.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import type { Attachments } from './use-attachments.ts';

/** The files of a record: listed, added, taken off. Files dropped anywhere on the page come here too. */
export function AttachmentList({ object, files }: { readonly object: BusinessObject; readonly files: Attachments }) {
  const { t } = useTexts();
  const forget = useRef<() => void>(null);
  return (
    <section className="card section" aria-label={t('files.title')}>
      <Group justify="space-between" mb={6} wrap="nowrap">
        <Title order={2} m={0}>
          {t('files.title')}
        </Title>
        {files.mayChange && (
          <FileButton
            multiple
            resetRef={forget}
            onChange={(chosen) => {
              files.add(chosen);
              forget.current?.();
            }}
          >
            {(button) => (
              <Button {...button} size="compact-sm" variant="default" leftSection={<IconUpload size={14} aria-hidden />}>
                {t('files.attach')}
              </Button>
            )}
          </FileButton>
        )}
      </Group>
      {files.share !== null && <Progress value={files.share * 100} aria-label={t('file.uploading')} mb={6} />}
      {files.items.length === 0 ? (
        <Text size="sm" className="dim">
          {t(files.mayChange ? 'files.drop' : 'files.none')}
        </Text>
      ) : (
        <ul className="attachments">
          {files.items.map((file) => (
            <li key={file.id}>
              <FileSign object={object} file={file} />
              <span className="grow">
                <FileLink file={file} module={object.module} />
              </span>
              {files.mayChange && (
                <CloseButton size="sm" aria-label={t('file.remove', { name: file.name })} onClick={() => files.remove(file.id)} />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const DRAWN: readonly string[] = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp', 'image/tiff'];

/** A picture made small, or the sign of a file. */
function FileSign({ object, file }: { readonly object: BusinessObject; readonly file: Attachment }) {
  if (!DRAWN.includes(file.type)) return <IconPaperclip size={18} aria-hidden className="dim" />;
  return <img className="thumbnail" src={fileUrl(object.module, file.id, 96)} alt="" loading="lazy" />;
}
