import { Anchor, Badge, Table, Text } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTemplates } from '#admin-ui/src/api/document-templates.ts';
import { formatAgo } from '#admin-ui/src/i18n/format.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';
import { Failure } from '#admin-ui/src/ui/failure.tsx';
import { Page } from '#admin-ui/src/ui/page.tsx';
import { languageName } from './language-name.ts';

/** How every document looks in every language, and where that is changed. */
export function TemplatesScreen() {
  const { t, say, language } = useTexts();
  const { templates, error } = useTemplates();
  return (
    <Page title={t('settings.documents')} icon={<IconFileText size={24} stroke={1.7} aria-hidden />}>
      <Text mb="md" className="dim">
        {t('documents.text')}
      </Text>
      {error !== null && <Failure error={error} />}
      <div className="card">
        <DataTable label={t('settings.documents')} minWidth={560}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('documents.document')}</Table.Th>
              <Table.Th>{t('documents.language')}</Table.Th>
              <Table.Th>{t('documents.state')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {templates.map((template) => (
              <Table.Tr key={`${template.object} ${template.language}`}>
                <Table.Td>
                  <Anchor
                    fz="sm"
                    fw={600}
                    renderRoot={(props) => (
                      <Link
                        {...props}
                        to="/settings/documents/$object/$language"
                        params={{ object: template.object, language: template.language }}
                      />
                    )}
                  >
                    {say(template.label)}
                  </Anchor>
                </Table.Td>
                <Table.Td>{languageName(template.language, language)}</Table.Td>
                <Table.Td>
                  {template.isOwn ? <Badge tt="none">{t('documents.own')}</Badge> : <span className="dim">{t('documents.shipped')}</span>}{' '}
                  {template.at !== undefined && (
                    <Text span size="xs" className="dim">
                      {t('documents.changedBy', { version: template.version, when: formatAgo(template.at, language) })}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </DataTable>
      </div>
    </Page>
  );
}
