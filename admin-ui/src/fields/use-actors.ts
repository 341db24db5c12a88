import { useQuery } from '@tanstack/react-query';
import { useObject } from '../api/metadata.ts';
import { queryRecords } from '../api/records.ts';
import { textOf } from './input-frame.ts';

/** The names of those who acted, people and programs with a key, where the caller may read them. */
export function useActors(by: readonly string[]): ReadonlyMap<string, string> {
  const actors = [...new Set(by)].toSorted();
  const people = useNames('user', actors);
  const programs = useNames('key', actors);
  return new Map([...people, ...programs]);
}

const COLLECTIONS = { user: ['user', 'users'], key: ['api_key', 'api-keys'] } as const;

function useNames(kind: keyof typeof COLLECTIONS, actors: readonly string[]): readonly (readonly [string, string])[] {
  const [name, collection] = COLLECTIONS[kind];
  const object = useObject(name);
  const ids = actors.filter((by) => by.startsWith(`${kind}:`)).map((by) => by.slice(kind.length + 1));
  const answer = useQuery({
    queryKey: ['actors', kind, ids],
    queryFn: ({ signal }) =>
      queryRecords({ module: 'platform', collection }, { fields: 'id,name', filter: { id: { in: ids } }, limit: 200 }, signal),
    enabled: object !== undefined && ids.length > 0,
    staleTime: 300_000,
    placeholderData: (before) => before,
  });
  return (answer.data?.items ?? []).map((one) => [`${kind}:${textOf(one['id'])}`, textOf(one['name'])] as const);
}
