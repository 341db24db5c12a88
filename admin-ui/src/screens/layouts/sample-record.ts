import { useQuery } from '@tanstack/react-query';
import type { BusinessObject } from '#admin-ui/src/api/metadata.ts';
import { queryRecords, type RecordValues } from '#admin-ui/src/api/records.ts';
import { useRecord } from '#admin-ui/src/screens/record/use-record.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';

/** A real record to look at a layout with: the one that is named, else the newest; null while there is none. */
export function useSampleRecord(object: BusinessObject, id: string | undefined): RecordValues | null {
  const newest = useQuery({
    queryKey: ['newest', object.name],
    queryFn: ({ signal }) => queryRecords(object, { fields: 'id', sort: '-createdAt', limit: 1 }, signal),
    enabled: id === undefined && object.parent === undefined,
    retry: false,
  });
  const found = id ?? (newest.data?.items[0] && textOf(newest.data.items[0]['id']));
  const loaded = useRecord(object, found);
  return loaded.data?.record ?? null;
}
