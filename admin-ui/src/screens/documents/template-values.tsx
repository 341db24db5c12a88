import { Code, Table } from '@mantine/core';
import { plainText } from '#platform/kernel/json.ts';
import { useTexts } from '#admin-ui/src/i18n/index.ts';
import { DataTable } from '#admin-ui/src/ui/data-table.tsx';

/** What the letter itself goes by, and nobody writes. */
const INNER: readonly string[] = ['words', 'format'];
const DEPTH_MAX = 3;

type Shown = { readonly path: string; readonly example: string };

/** Everything that a template can write, with an example. */
export function TemplateValues({ values }: { readonly values: { readonly [name: string]: unknown } }) {
  const { t } = useTexts();
  return (
    <DataTable label={t('documents.values')} minWidth={400} isDense>
      <Table.Tbody>
        {pathsOf(values, 'doc').map(({ path, example }) => (
          <Table.Tr key={path}>
            <Table.Td>
              <Code>{path}</Code>
            </Table.Td>
            <Table.Td className="dim">{example}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  );
}

function pathsOf(value: unknown, path: string, depth = 0): readonly Shown[] {
  if (Array.isArray(value)) {
    const first: unknown = value[0];
    const isRows = typeof first === 'object' && first !== null;
    return isRows ? pathsOf(first, `${path}.at(0)`, depth) : [{ path, example: value.join(' · ') }];
  }
  if (typeof value !== 'object' || value === null) return [{ path, example: value === null ? '–' : plainText(value) }];
  if (depth > DEPTH_MAX) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    INNER.includes(name) && depth === 0 ? [] : pathsOf(inner, `${path}.${name}`, depth + 1),
  );
}
