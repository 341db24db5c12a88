import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload, IconExternalLink, IconFileTypePdf, IconLink } from '@tabler/icons-react';
import { pdfPath } from '../api/document-templates.ts';
import type { BusinessObject } from '../api/metadata.ts';
import { useTexts } from '../i18n/index.ts';
import { notifyDone, notifyFailure } from '../ui/notify.tsx';

/** The document of a record: to be opened and printed, saved, or named in a message. */
export function PdfMenu({ object, id }: { readonly object: BusinessObject; readonly id: string }) {
  const { t } = useTexts();
  if (!object.document) return null;
  const path = pdfPath(object, id);
  const copy = (): void => {
    navigator.clipboard.writeText(new URL(path, location.href).href).then(() => notifyDone(t('documents.copied')), notifyFailure);
  };
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconFileTypePdf size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t('documents.pdf')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={path} target="_blank" rel="noreferrer" leftSection={<IconExternalLink size={16} aria-hidden />}>
          {t('documents.open')}
        </Menu.Item>
        <Menu.Item component="a" href={`${path}?download=true`} leftSection={<IconDownload size={16} aria-hidden />}>
          {t('documents.download')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLink size={16} aria-hidden />} onClick={copy}>
          {t('documents.copyLink')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
