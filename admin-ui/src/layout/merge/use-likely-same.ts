import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { askFor, trusted } from '#admin-ui/src/api/client.ts';
import { recordsPath, type BusinessObject } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';

/** A record that may be the same, and why. */
export type LikelySame = RecordValues & {
  readonly id: string;
  readonly title: string | null;
  readonly reasons: readonly { readonly field: string; readonly value: string; readonly alike: number }[];
};

const TYPING_MILLISECONDS = 600;

/** Whether records of the object are compared: those that can be merged are. */
export function isCompared(object: BusinessObject): boolean {
  return object.permissions.read && object.commands.some((command) => command.merges !== undefined);
}

/** Records that may be the same as one that is there (`id`), or as what is being typed, a moment after the last key. */
export function useLikelySame(
  object: BusinessObject,
  suspect: { readonly id: string; readonly version: unknown } | { readonly values: RecordValues },
): readonly LikelySame[] {
  const [asked] = useDebouncedValue(JSON.stringify(suspect), TYPING_MILLISECONDS);
  const query = useQuery({
    queryKey: ['likelySame', object.name, asked],
    queryFn: ({ signal }) =>
      askFor<{ items: readonly LikelySame[] }>(`${recordsPath(object)}/duplicates`, {
        method: 'POST',
        body: bodyOf(trusted(JSON.parse(asked))),
        signal,
      }),
    enabled: isCompared(object),
    placeholderData: keepPreviousData,
    retry: false,
  });
  return query.data?.items ?? [];
}

/** The version is not asked for: with another one, it is asked again. */
function bodyOf({ id, values }: { id?: string; values?: RecordValues }): RecordValues {
  return id === undefined ? { values } : { id };
}
