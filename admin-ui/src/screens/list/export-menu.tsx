import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconDownload, IconFileSpreadsheet, IconFileTypeCsv } from '@tabler/icons-react';
import { recordsPath, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

type Props = { readonly object: BusinessObject; readonly query: Readonly<Record<string, string>> };

/** All that the list shows, as a file. */
export function ExportMenu({ object, query }: Props) {
  const { t } = useTexts();
  const path = (format: string): string => `${recordsPath(object)}/export?${new URLSearchParams({ format, ...query }).toString()}`;
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Tooltip label={t('list.export')}>
        <Menu.Target>
          <ActionIcon variant="default" size={34} aria-label={t('list.export')}>
            <IconDownload size={16} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Item component="a" href={path('xlsx')} download leftSection={<IconFileSpreadsheet size={16} aria-hidden />}>
          {t('list.exportXlsx')}
        </Menu.Item>
        <Menu.Item component="a" href={path('csv')} download leftSection={<IconFileTypeCsv size={16} aria-hidden />}>
          {t('list.exportCsv')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
