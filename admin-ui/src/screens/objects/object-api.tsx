import { Anchor, Code, CopyButton, Button, Stack, Table, Text, Title } from '@mantine/core';
import { apiName, recordsPath, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';

/** How a program speaks to this object: its paths, calls that work, its fields' names in JSON. */
export function ObjectApi({ object }: { readonly object: BusinessObject }) {
  const { t, say } = useTexts();
  const path = recordsPath(object);
  const example = `curl -g '${location.origin}${path}?limit=5&sort=-createdAt' -H "Authorization: Bearer $KEY"`;
  const fields = object.fields.filter((field) => field.state === 'active');
  return (
    <Stack>
      <section className="card section">
        <Title order={2}>{t('api.call')}</Title>
        <Code block className="code-block">
          {example}
        </Code>
        <CopyButton value={example}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="light" mt="xs" onClick={copy}>
              {t(copied ? 'api.copied' : 'api.copy')}
            </Button>
          )}
        </CopyButton>
        <Text size="sm" mt="sm">
          <Anchor href="/api/docs" target="_blank" inherit>
            {t('frame.apiDocs')}
          </Anchor>{' '}
          ·{' '}
          <Anchor href={`/api/${object.module}/openapi.json`} target="_blank" inherit>
            OpenAPI 3.1
          </Anchor>
        </Text>
      </section>
      <section className="card section">
        <Title order={2}>{t('api.fields')}</Title>
        <Table aria-label={t('api.fields')} verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('api.name')}</Table.Th>
              <Table.Th>{t('field.type')}</Table.Th>
              <Table.Th>{t('field.label')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {fields.map((field) => (
              <Table.Tr key={field.id}>
                <Table.Td>
                  <Code>{apiName(field)}</Code>
                </Table.Td>
                <Table.Td className="dim">{field.type}</Table.Td>
                <Table.Td>{say(field.label)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </Stack>
  );
}
