import { useQuery, useQueryClient } from '@tanstack/react-query';
import { queryRecords, type RecordValues } from '#admin-ui/src/api/records.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';

/** Where users are, as the record API names it. */
export const USERS = { module: 'platform', collection: 'users' };

/** A person who may sign in. */
export type User = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly teams: readonly string[];
  readonly isActive: boolean;
  readonly lastSeenAt: string;
  readonly version: string;
};

/** All users by name, and how to read them anew. */
export function useUsers() {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) =>
      queryRecords(USERS, { fields: 'id,name,email,roles,teams,active,lastSeenAt,version', sort: 'name', limit: 500 }, signal),
  });
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['users'] });
  return { users: (query.data?.items ?? []).map(userOf), error: query.error, isPending: query.isPending, refresh };
}

/** Teams by name; `id` is what a user's `teams` hold. */
export function useTeams(): readonly { readonly value: string; readonly label: string }[] {
  const query = useQuery({
    queryKey: ['teams'],
    queryFn: ({ signal }) =>
      queryRecords({ module: 'platform', collection: 'teams' }, { fields: 'id,name', sort: 'name', limit: 500 }, signal),
    staleTime: 60_000,
  });
  return (query.data?.items ?? []).map((team) => ({ value: textOf(team['id']), label: textOf(team['name']) }));
}

function userOf(record: RecordValues): User {
  return {
    id: textOf(record['id']),
    name: textOf(record['name']),
    email: textOf(record['email']),
    roles: textsOf(record['roles']),
    teams: textsOf(record['teams']),
    isActive: record['active'] === true,
    lastSeenAt: textOf(record['lastSeenAt']),
    version: textOf(record['version']),
  };
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
