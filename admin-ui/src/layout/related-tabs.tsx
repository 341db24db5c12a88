import { Badge, Tabs } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { apiName } from '../api/metadata.ts';
import { queryRecords } from '../api/records.ts';
import { useTexts } from '../i18n/index.ts';
import { RelatedList } from './related-list.tsx';
import type { Relation } from './relations.ts';

type Props = { readonly relations: readonly Relation[]; readonly id: string };

/** Records that refer to this one: a tab for each kind, with its count. */
export function RelatedTabs({ relations, id }: Props) {
  const { t, say } = useTexts();
  const counts = useQueries({
    queries: relations.map(({ object: other, field }) => ({
      queryKey: ['related', other.name, field.id, id, 'count'],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        queryRecords(other, { fields: 'id', filter: { [apiName(field)]: { eq: id } }, limit: 1, count: 'exact' }, signal),
    })),
  });
  const keyOf = ({ object: other, field }: Relation): string => `${other.name}-${field.id.replaceAll(/\W/g, '-')}`;
  const labelOf = ({ object: other, field }: Relation): string => {
    const isOnly = relations.filter((one) => one.object.name === other.name).length === 1;
    return isOnly ? say(other.pluralLabel) : `${say(other.pluralLabel)} (${say(field.label)})`;
  };
  return (
    <Tabs defaultValue={relations[0] ? keyOf(relations[0]) : null} keepMounted={false}>
      <Tabs.List mb="sm" aria-label={t('related.title')}>
        {relations.map((relation, index) => (
          <Tabs.Tab
            key={keyOf(relation)}
            value={keyOf(relation)}
            rightSection={
              <Badge size="sm" variant="light" color="gray" circle={(counts[index]?.data?.count ?? 0) < 10} c="inherit">
                {counts[index]?.data?.count ?? '–'}
              </Badge>
            }
          >
            {labelOf(relation)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {relations.map((relation) => (
        <Tabs.Panel key={keyOf(relation)} value={keyOf(relation)}>
          <RelatedList id={id} object={relation.object.name} field={relation.field.id} under={say(relation.object.pluralLabel)} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
