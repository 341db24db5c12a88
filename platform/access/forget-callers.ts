import { isRecord } from '#platform/kernel/is-record.ts';
import { on, type Reaction } from '#platform/kernel/module.ts';

/** What takes rights away from somebody who was known: in every service they are asked about again. */
const TYPES = ['SessionEnded', 'ApiKeyUpdated', 'ApiKeyDeleted', 'UserUpdated', 'UserDeleted'] as const;

/** What says when somebody was there takes nothing away from them. */
const HARMLESS: readonly string[] = ['lastSeenAt', 'lastUsedAt'];

/** Reactions with which a service forgets who is calling as soon as the core says that something of it is over. */
export function forgetCallers(forget: () => void): readonly Reaction[] {
  return TYPES.map((type) =>
    on('platform', type, 'forgetCallers', async (_work, { data }) => {
      const changed = isRecord(data) && isRecord(data['changed']) ? Object.keys(data['changed']) : [];
      if (changed.length === 0 || changed.some((field) => !HARMLESS.includes(field))) forget();
    }),
  );
}
