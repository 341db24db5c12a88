import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useObjects, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { loadRecord, type Loaded } from '#admin-ui/src/api/records.ts';

/** A record with everything its page shows: the records it refers to, its rows and what those refer to. Without an id it waits for one. */
export function useRecord(object: BusinessObject, id: string | undefined) {
  const objects = useObjects();
  const fields = expandable(object, objects);
  const client = useQueryClient();
  const queryKey = ['record', object.name, id, fields];
  const query = useQuery<Loaded>({
    queryKey,
    queryFn: ({ signal }) => loadRecord(object, id ?? '', { expand: fields, signal }),
    enabled: id !== undefined,
    retry: false,
  });
  const reload = async (): Promise<Loaded> => {
    const loaded = await loadRecord(object, id ?? '', { expand: fields });
    client.setQueryData(queryKey, loaded);
    return loaded;
  };
  return { ...query, reload };
}

/** The references to answer whole, of the record and its rows, as far as the caller knows where they lead. */
export function expandable(object: BusinessObject, objects: readonly BusinessObject[]): string {
  const isKnown = (target: string | undefined) => objects.some((one) => one.name === (target ?? 'user'));
  const paths = object.fields.flatMap((field): readonly string[] => {
    if (field.state !== 'active') return [];
    if (field.type === 'lookup' || field.type === 'user') return isKnown(field.target) ? [field.name] : [];
    if (field.type === 'manyToMany' && isKnown(field.target)) return [field.name];
    if (field.type === 'polymorphic') return [field.name];
    if (field.type !== 'children') return [];
    const child = objects.find((one) => one.name === field.child);
    if (!child) return [];
    const references = child.fields.filter((one) => (one.type === 'lookup' || one.type === 'user') && isKnown(one.target));
    return [field.name, ...references.map((one) => `${field.name}.${one.name}`)];
  });
  return paths.join(',');
}
