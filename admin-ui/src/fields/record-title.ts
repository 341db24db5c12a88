import { useQuery } from '@tanstack/react-query';
import { useObject, type BusinessObject } from '../api/metadata.ts';
import { loadRecord } from '../api/records.ts';
import { recordTitle, titleFields } from '../api/titles.ts';
import { textOf } from './input-frame.ts';

/** The title of the record referred to, from what the answer carries under the field's own name. */
export function titleOf(target: BusinessObject | undefined, expanded: unknown): string {
  if (!target || typeof expanded !== 'object' || expanded === null) return '';
  const values: { readonly [name: string]: unknown } = { ...expanded };
  return textOf(values[target.titleField] ?? values['title'] ?? values['id']);
}

/** The title of a record of which only the id is known, asked for once a minute at most; empty until it has come. */
export function useRecordTitle(object: string, id: string): string {
  const target = useObject(object);
  const asked = useQuery({
    queryKey: ['title', object, id],
    queryFn: ({ signal }) =>
      target ? loadRecord(target, id, { fields: ['id', ...titleFields(target).map(({ name }) => name)].join(','), signal }) : null,
    enabled: target !== undefined && id !== '',
    staleTime: 60_000,
    retry: false,
  });
  const found = asked.data?.record;
  return (target && found && recordTitle(target, found)) || titleOf(target, found);
}
