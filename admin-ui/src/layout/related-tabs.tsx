import { Badge, Tabs } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { apiName, useObjects, type BusinessObject, type Field, type LayoutDefinition } from '../api/metadata.ts';
import { queryRecords } from '../api/records.ts';
import { useTexts } from '../i18n/index.ts';
import { byImportance } from '../ui/navigation.ts';
import { RelatedList } from './related-list.tsx';

type Props = { readonly object: BusinessObject; readonly layout: LayoutDefinition; readonly id: string };
type Relation = { readonly object: BusinessObject; readonly field: Field };

/** Everything that refers to the record and that its layout does not place itself: a tab each, with its count. */
export function RelatedTabs({ object, layout, id }: Props) {
  const { t, say } = useTexts();
  const relations = relationsOf(object, layout, useObjects());
  const counts = useQueries({
    queries: relations.map(({ object: other, field }) => ({
      queryKey: ['related', other.name, field.id, id, 'count'],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        queryRecords(other, { fields: 'id', filter: { [apiName(field)]: { eq: id } }, limit: 1, count: 'exact' }, signal),
    })),
  });
  if (relations.length === 0) return null;
  const keyOf = ({ object: other, field }: Relation): string => `${other.name}-${field.id.replaceAll(/\W/g, '-')}`;
  const labelOf = ({ object: other, field }: Relation): string => {
    const isOnly = relations.filter((one) => one.object.name === other.name).length === 1;
    return isOnly ? say(other.pluralLabel) : `${say(other.pluralLabel)} (${say(field.label)})`;
  };
  return (
    <section className="card section" aria-label={t('related.title')}>
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
    </section>
  );
}

/** Lookups at this object from records that have pages of their own; the platform's bookkeeping (company, owner) is none. */
function relationsOf(object: BusinessObject, layout: LayoutDefinition, objects: readonly BusinessObject[]): readonly Relation[] {
  const placed = (layout.sections ?? []).flatMap((section) => section.items);
  const isPlaced = (field: Field): boolean => placed.some((item) => item.kind === 'related' && item.field === field.id);
  return byImportance(objects).flatMap((other) =>
    other.fields
      .filter((field) => field.type === 'lookup' && field.target === object.name && field.system !== true && field.state === 'active')
      .filter((field) => !isPlaced(field))
      .map((field) => ({ object: other, field })),
  );
}
