import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconChevronDown, IconDownload, IconExternalLink, IconFileTypePdf, IconLink } from '@tabler/icons-react';
import { issuedVersions, pdfPath } from '../api/document-templates.ts';
import type { BusinessObject } from '../api/metadata.ts';
import { formatAgo } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import { notifyDone, notifyFailure } from '../ui/notify.tsx';

/** What was issued before the document that is in force. Drawn when the menu is opened, and asked for then. */
function Versions({ path }: { readonly path: string }) {
  const { t, language } = useTexts();
  const { data = [] } = useQuery({ queryKey: ['issued', path], queryFn: ({ signal }) => issuedVersions(path, signal), staleTime: 0 });
  if (data.length < 2) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('documents.asIssued')}</Menu.Label>
      {data.toReversed().map(({ version, at }) => (
        <Menu.Item key={version} component="a" href={`${path}?version=${version}`} target="_blank" rel="noreferrer">
          {t('documents.changedBy', { version, when: formatAgo(at, language) })}
        </Menu.Item>
      ))}
    </>
  );
}

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
        <Versions path={path} />
      </Menu.Dropdown>
    </Menu>
  );
}
